package io.embedim.core.internal.time;

import io.embedim.spi.store.StoreException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something that is to be done now and then on the engine's executor, by one thread at a time. Safe
 * for use by many threads.
 */
public final class Chore {

  private static final Logger LOG = LoggerFactory.getLogger(Chore.class);

  private final String name;
  private final Executor executor;
  private final Runnable work;

  /** 0 idle, 1 at work, 2 at work and asked to look once more. */
  private final AtomicInteger state = new AtomicInteger();

  /**
   * @param name what it does, for the log
   * @param work blocks; what it throws is logged, and it is tried again when it is asked for again
   */
  public Chore(String name, Executor executor, Runnable work) {
    this.name = name;
    this.executor = executor;
    this.work = work;
  }

  /** Begins now, or as soon as it is done with what it is at. Does not block. */
  public void wake() {
    if (state.getAndUpdate(now -> now == 0 ? 1 : 2) != 0) {
      return;
    }
    try {
      executor.execute(this::run);
    } catch (RejectedExecutionException e) {
      state.set(0);
      LOG.debug("the engine is closed, {} is left to the next one", name, e);
    }
  }

  private void run() {
    do {
      state.set(1);
      try {
        work.run();
      } catch (StoreException e) {
        LOG.warn("{} has to wait for the store", name, e);
      } catch (RuntimeException e) {
        LOG.error("{} failed in an unforeseen way, it is tried again", name, e);
      }
    } while (!state.compareAndSet(1, 0));
  }
}
