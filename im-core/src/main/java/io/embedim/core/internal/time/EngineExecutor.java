package io.embedim.core.internal.time;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where blocking work runs: virtual threads where the JVM has them (21 and later), a pool
 * elsewhere.
 */
public final class EngineExecutor {

  /**
   * Threads of the pool. They mostly wait for the database, whose connection pool is the real
   * bound; each session and each lane has at most one task queued, so the queue is bounded by their
   * number.
   */
  private static final int POOL_THREADS = 64;

  private EngineExecutor() {}

  public static ExecutorService create() {
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (NoSuchMethodException e) {
      return pool();
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("the JVM's virtual threads cannot be used", e);
    }
  }

  private static ExecutorService pool() {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            POOL_THREADS,
            POOL_THREADS,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            daemonThreads("embedim-worker-"));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /** Makes daemon threads with numbered names. */
  public static ThreadFactory daemonThreads(String prefix) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, prefix + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
