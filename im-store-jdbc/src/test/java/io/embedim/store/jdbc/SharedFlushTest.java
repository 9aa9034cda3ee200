package io.embedim.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SharedFlushTest {

  private static final int THREADS = 4;
  private static final int ROUNDS = 500;

  private final SharedFlush flush = new SharedFlush();
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger committed = new AtomicInteger();
  private volatile int written;
  private volatile int forced;

  @Test
  void no_transaction_runs_while_it_is_collected_what_to_write() throws Exception {
    CyclicBarrier start = new CyclicBarrier(THREADS);
    Callable<List<Integer>> committer =
        () -> {
          List<Integer> runningWhileWriting = new ArrayList<>();
          start.await();
          for (int i = 0; i < ROUNDS; i++) {
            int mine =
                flush.durably(this::commit, () -> runningWhileWriting.add(write()), this::force);
            assertThat(forced).isGreaterThanOrEqualTo(mine);
          }
          return runningWhileWriting;
        };
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<List<Integer>>> committers = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        committers.add(threads.submit(committer));
      }
      for (Future<List<Integer>> runningWhileWriting : committers) {
        assertThat(runningWhileWriting.get()).allMatch(count -> count == 0);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(committed).hasValue(THREADS * ROUNDS);
  }

  @Test
  void a_flush_that_fails_is_told_and_the_next_one_covers_its_commit_too() throws SQLException {
    SQLException full = new SQLException("disk full");

    assertThatThrownBy(
            () ->
                flush.durably(
                    this::commit,
                    this::write,
                    () -> {
                      throw full;
                    }))
        .isSameAs(full);
    flush.durably(this::commit, this::write, this::force);

    assertThat(forced).isEqualTo(2);
  }

  @Test
  void a_transaction_that_fails_is_not_flushed_and_keeps_nobody_from_flushing()
      throws SQLException {
    SQLException conflict = new SQLException("conflict");

    assertThatThrownBy(
            () ->
                flush.durably(
                    () -> {
                      throw conflict;
                    },
                    this::write,
                    this::force))
        .isSameAs(conflict);
    assertThat(written).isZero();
    flush.durably(this::commit, this::write, this::force);

    assertThat(forced).isEqualTo(1);
  }

  /** Tells how many have committed. */
  private int commit() {
    running.incrementAndGet();
    LockSupport.parkNanos(1);
    int count = committed.incrementAndGet();
    running.decrementAndGet();
    return count;
  }

  /** Tells how many transactions were running meanwhile. */
  private int write() {
    written = committed.get();
    LockSupport.parkNanos(1);
    return running.get();
  }

  private void force() {
    forced = written;
  }
}
