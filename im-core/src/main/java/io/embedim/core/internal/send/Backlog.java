package io.embedim.core.internal.send;

import io.embedim.core.internal.time.Mailbox;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

/**
 * What follows a lane's commits, done in their order on other threads, or on the lane's own when no
 * other can be had. Nothing is ever left out: whoever gets too far ahead waits.
 */
final class Backlog {

  /** Entries that a lane may be ahead. */
  private static final int MOST = 10_000;

  private final Semaphore room = new Semaphore(MOST);
  private final Mailbox mailbox;

  Backlog(Executor executor) {
    this.mailbox =
        new Mailbox(
            task -> {
              try {
                executor.execute(task);
              } catch (RejectedExecutionException e) {
                task.run();
              }
            },
            MOST);
  }

  /** Blocks while {@code entries} do not fit. */
  void add(int entries, Runnable task) {
    int permits = Math.min(entries, MOST);
    room.acquireUninterruptibly(permits);
    mailbox.offer(
        () -> {
          try {
            task.run();
          } finally {
            room.release(permits);
          }
        });
  }
}
