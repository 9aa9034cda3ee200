package io.embedim.core.internal.send;

import io.embedim.core.internal.time.Mailbox;
import io.embedim.spi.model.Content;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * What follows a lane's commits, done in their order on other threads, or on the lane's own when no
 * other can be had. Nothing is ever left out: whoever gets too far ahead waits. What waits is taken
 * together.
 */
final class Backlog {

  /** What the entries may hold that a lane is ahead, in bytes: some 3,000 short messages. */
  private static final int MOST = 4 * 1024 * 1024;

  /** What an entry holds beside its content, in bytes, by and large. */
  private static final int ENTRY = 1_024;

  /** Calls that wait: one, and one for what came while that was running. */
  private static final int CALLS = 2;

  /** Entries after which no more are taken together. */
  private static final int AT_ONCE = 256;

  private final Semaphore room = new Semaphore(MOST);
  private final Queue<List<Committed>> waiting = new ArrayDeque<>();
  private final Consumer<List<Committed>> action;
  private final Mailbox mailbox;

  /**
   * @param action what is done with the entries, which must not throw
   */
  Backlog(Executor executor, Consumer<List<Committed>> action) {
    this.action = action;
    this.mailbox =
        new Mailbox(
            task -> {
              try {
                executor.execute(task);
              } catch (RejectedExecutionException e) {
                task.run();
              }
            },
            CALLS);
  }

  /** Blocks while these entries do not fit. */
  void add(List<Committed> entries) {
    room.acquireUninterruptibly(permits(entries));
    boolean first;
    synchronized (waiting) {
      first = waiting.isEmpty();
      waiting.add(entries);
    }
    if (first) {
      mailbox.offer(this::next);
    }
  }

  private void next() {
    List<Committed> taken = new ArrayList<>();
    int permits = 0;
    boolean more;
    synchronized (waiting) {
      while (!waiting.isEmpty() && taken.size() < AT_ONCE) {
        List<Committed> entries = waiting.remove();
        permits += permits(entries);
        taken.addAll(entries);
      }
      more = !waiting.isEmpty();
    }
    try {
      action.accept(taken);
    } finally {
      room.release(permits);
      if (more) {
        mailbox.offer(this::next);
      }
    }
  }

  private static int permits(List<Committed> entries) {
    long bytes = 0;
    for (Committed committed : entries) {
      Content content = committed.entry().draft().content();
      bytes += ENTRY + 2L * (content.body().length() + content.plainText().length());
    }
    return (int) Math.min(bytes, MOST);
  }
}
