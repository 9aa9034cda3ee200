package io.embedim.core.internal.time;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one after the other, in the order in which they came, on somebody else's threads. It
 * holds no thread while it has nothing to do, or while it is paused.
 */
public final class Mailbox {

  private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

  /** After so many tasks it lets others have the thread. */
  private static final int FAIR_SHARE = 64;

  private final Executor executor;
  private final int capacity;
  private final Queue<Runnable> tasks = new ArrayDeque<>(2);
  private boolean active;
  private boolean paused;
  private boolean closed;

  /**
   * @param executor where tasks run
   * @param capacity how many may wait, 1 or more
   */
  public Mailbox(Executor executor, int capacity) {
    this.executor = executor;
    this.capacity = capacity;
  }

  /**
   * Adds a task; false when too many wait, or after {@link #close()}. When the executor has no
   * thread for it, the mailbox is closed.
   */
  public boolean offer(Runnable task) {
    synchronized (this) {
      if (closed || tasks.size() >= capacity) {
        return false;
      }
      tasks.add(task);
      if (active || paused) {
        return true;
      }
      active = true;
    }
    return start();
  }

  /** No further task begins until {@link #resume()}. */
  public synchronized void pause() {
    paused = true;
  }

  /** Goes on after {@link #pause()}. */
  public void resume() {
    synchronized (this) {
      paused = false;
      if (active || tasks.isEmpty()) {
        return;
      }
      active = true;
    }
    start();
  }

  /** Drops what waits and takes nothing more. A task that runs is not disturbed. */
  public synchronized void close() {
    closed = true;
    tasks.clear();
  }

  private boolean start() {
    try {
      executor.execute(this::run);
      return true;
    } catch (RejectedExecutionException e) {
      LOG.warn("no thread can be had for a mailbox, which is closed");
      close();
      return false;
    }
  }

  private void run() {
    do {
      for (int i = 0; i < FAIR_SHARE; i++) {
        Runnable task;
        synchronized (this) {
          task = paused ? null : tasks.poll();
          if (task == null) {
            active = false;
            return;
          }
        }
        try {
          task.run();
        } catch (Throwable e) {
          // Whatever it was, the tasks behind it still have to run.
          LOG.error("a task failed; the next one goes on", e);
        }
      }
    } while (!letOthersRun());
  }

  /** Whether the rest is left to another thread; it stays with this one when none can be had. */
  private boolean letOthersRun() {
    try {
      executor.execute(this::run);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }
}
