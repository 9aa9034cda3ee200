package io.embedim.examples.server;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The few threads on which passwords are hashed and accounts read, so that a storm of logins takes
 * no more than its share. What does not fit into the queue is refused.
 */
final class ApiThreads implements Executor, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ApiThreads.class);
  private static final int THREADS = 4;
  private static final int QUEUE = 256;
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private final ThreadPoolExecutor threads;

  ApiThreads() {
    AtomicInteger number = new AtomicInteger();
    threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(QUEUE),
            task -> new Thread(task, "im-api-" + number.incrementAndGet()));
    threads.allowCoreThreadTimeOut(true);
  }

  @Override
  public void execute(Runnable task) {
    threads.execute(task);
  }

  @Override
  public void close() throws InterruptedException {
    threads.shutdown();
    if (!threads.awaitTermination(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
      log.warn("{} requests were not answered in time", threads.shutdownNow().size());
    }
  }
}
