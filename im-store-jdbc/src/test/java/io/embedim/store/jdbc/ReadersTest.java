package io.embedim.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.spi.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Readers leave connections to those who commit. */
class ReadersTest {

  private final SpyDataSource dataSource =
      new SpyDataSource(TestDatabase.dataSource(TestDatabase.lastingInMemory()));
  private final Transactions transactions = new Transactions(dataSource, new H2Dialect(), false, 2);

  @Test
  void no_more_read_at_a_time_than_allowed_and_a_commit_waits_for_none_of_them() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    CountDownLatch inside = new CountDownLatch(2);
    CountDownLatch leave = new CountDownLatch(1);
    AtomicInteger begun = new AtomicInteger();
    try {
      List<Future<Integer>> readers = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        readers.add(
            threads.submit(
                () ->
                    transactions.read(
                        handle -> {
                          begun.incrementAndGet();
                          inside.countDown();
                          awaitQuietly(leave);
                          return handle.createQuery("SELECT 1").mapTo(Integer.class).one();
                        })));
      }
      inside.await();

      int written =
          transactions.write(handle -> handle.createQuery("SELECT 2").mapTo(Integer.class).one());

      assertThat(written).isEqualTo(2);
      assertThat(begun).hasValue(2);
      assertThat(dataSource.openConnections()).isEqualTo(2);
      leave.countDown();
      for (Future<Integer> reader : readers) {
        assertThat(reader.get()).isEqualTo(1);
      }
      assertThat(begun).hasValue(6);
    } finally {
      leave.countDown();
      threads.shutdown();
    }
  }

  @Test
  void a_database_in_this_process_is_read_on_threads_that_nobody_interrupts() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    CompletableFuture<Thread> reader = new CompletableFuture<>();
    CompletableFuture<Throwable> told = new CompletableFuture<>();
    Thread caller =
        new Thread(
            () -> {
              try {
                transactions.read(
                    handle -> {
                      inside.countDown();
                      awaitQuietly(leave);
                      return reader.complete(Thread.currentThread());
                    });
              } catch (StoreException e) {
                told.complete(e);
              }
            });
    caller.start();
    inside.await();

    caller.interrupt();

    assertThat(told.get()).hasMessageContaining("interrupted while the database was asked");
    assertThat(dataSource.openConnections()).isEqualTo(1);
    leave.countDown();
    assertThat(reader.get()).isNotEqualTo(caller).matches(thread -> !thread.isInterrupted());
  }

  @Test
  void what_fails_on_another_thread_fails_for_the_caller() {
    IllegalStateException failure = new IllegalStateException("for a test");

    assertThatThrownBy(
            () ->
                transactions.read(
                    handle -> {
                      throw failure;
                    }))
        .isSameAs(failure);
  }

  @Test
  void nobody_reads_when_the_stores_are_closed() {
    transactions.close();

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> transactions.read(handle -> 1))
          .isInstanceOf(StoreException.class)
          .hasMessage("the stores are closed");
    }
  }

  @Test
  void a_number_of_readers_that_makes_no_sense_is_refused() {
    for (int count : new int[] {0, -1, 1_001}) {
      assertThatThrownBy(() -> JdbcStores.builder().readConnections(count))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected 1 to 1000");
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
