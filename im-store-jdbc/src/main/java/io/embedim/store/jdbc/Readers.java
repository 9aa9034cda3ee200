package io.embedim.store.jdbc;

import io.embedim.spi.store.StoreException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets a number of callers read at the same time.
 *
 * <p>A database that computes in this process is read on platform threads of our own. A virtual
 * thread that computes is not interrupted in favour of others: a few readers of long pages would
 * keep all of the JVM's carriers, and what else runs on virtual threads, short as it may be, would
 * wait in line behind them. Besides, a file that a thread reads is closed when somebody interrupts
 * the thread, which nobody does to these.
 */
final class Readers implements AutoCloseable {

  /** Fair, so that nobody waits for ever. */
  private final Semaphore free;

  private final @Nullable ExecutorService threads;

  /**
   * @param count how many may read at the same time, 1 or more
   * @param ownThreads whether they do it on threads of ours
   */
  Readers(int count, boolean ownThreads) {
    this.free = new Semaphore(count, true);
    this.threads = ownThreads ? Executors.newCachedThreadPool(Readers::thread) : null;
  }

  /** Reads when it is the caller's turn, and returns when that is done. */
  <R> R run(Supplier<R> reading) {
    if (!mayRead()) {
      throw new StoreException("too many others are reading");
    }
    Supplier<R> turn =
        () -> {
          try {
            return reading.get();
          } finally {
            free.release();
          }
        };
    return threads == null ? turn.get() : await(submit(turn, threads));
  }

  private boolean mayRead() {
    try {
      return free.tryAcquire(Transactions.PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("the thread was interrupted before the database was asked", e);
    }
  }

  private <R> CompletableFuture<R> submit(Supplier<R> turn, ExecutorService executor) {
    try {
      return CompletableFuture.supplyAsync(turn, executor);
    } catch (RejectedExecutionException e) {
      free.release();
      throw new StoreException("the stores are closed", e);
    } catch (Error e) {
      // The machine has no thread left; the turn is for somebody else.
      free.release();
      throw e;
    }
  }

  /** A caller who is interrupted waits no longer; what she asked for goes on. */
  private static <R> R await(CompletableFuture<R> result) {
    try {
      return result.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("the thread was interrupted while the database was asked", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw (Error) e.getCause();
    }
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "embedim-read");
    thread.setDaemon(true);
    return thread;
  }

  /** What is being read is read to its end. */
  @Override
  public void close() {
    if (threads != null) {
      threads.shutdown();
    }
  }
}
