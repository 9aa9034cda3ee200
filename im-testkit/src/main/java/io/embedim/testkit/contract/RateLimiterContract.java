package io.embedim.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.cluster.RateLimiter;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link RateLimiter} guarantees. A subclass says how to {@link #open(int, int)} one;
 * the time comes from the tests.
 */
public abstract class RateLimiterContract {

  /** When the tests take place, in ms since the epoch: now, for limiters that also have a clock. */
  private final long start = System.currentTimeMillis();

  /**
   * Opens a limiter that has heard of nobody yet.
   *
   * @param messagesPerSecond how many permits a user gets back in a second
   * @param burst how many permits a user has who was idle long enough
   */
  protected abstract RateLimiter open(int messagesPerSecond, int burst);

  @Test
  void a_user_who_was_idle_may_send_a_burst_and_no_more() {
    RateLimiter limiter = open(10, 20);

    assertThat(granted(limiter, "alice", start, 20)).isEqualTo(20);
    assertThat(limiter.tryAcquire("alice", start)).isPositive();
  }

  @Test
  void a_burst_of_one_is_one_message() {
    RateLimiter limiter = open(1, 1);

    assertThat(limiter.tryAcquire("alice", start)).isZero();
    assertThat(limiter.tryAcquire("alice", start)).isPositive();
    assertThat(limiter.tryAcquire("alice", start + 1_000)).isZero();
  }

  @Test
  void whoever_waits_as_long_as_she_was_told_may_send() {
    RateLimiter limiter = open(10, 20);
    granted(limiter, "alice", start, 20);

    long now = start;
    for (int i = 0; i < 50; i++) {
      long wait = limiter.tryAcquire("alice", now);
      assertThat(wait).isBetween(1L, 100L);
      now += wait;
      assertThat(limiter.tryAcquire("alice", now)).as("after waiting %d ms", wait).isZero();
    }
  }

  @Test
  void whoever_comes_too_early_is_told_the_rest() {
    RateLimiter limiter = open(10, 5);
    granted(limiter, "alice", start, 5);

    assertThat(limiter.tryAcquire("alice", start)).isEqualTo(100);
    assertThat(limiter.tryAcquire("alice", start + 1)).isEqualTo(99);
    assertThat(limiter.tryAcquire("alice", start + 99)).isEqualTo(1);
    assertThat(limiter.tryAcquire("alice", start + 100)).isZero();
  }

  @Test
  void asking_in_vain_costs_nothing() {
    RateLimiter limiter = open(10, 20);
    granted(limiter, "alice", start, 20);

    assertThat(granted(limiter, "alice", start, 1_000)).isZero();
    assertThat(granted(limiter, "alice", start + 50, 1_000)).isZero();
    assertThat(limiter.tryAcquire("alice", start + 100)).isZero();
  }

  @Test
  void permits_come_back_one_by_one_up_to_the_burst() {
    RateLimiter limiter = open(10, 20);
    granted(limiter, "alice", start, 20);

    assertThat(granted(limiter, "alice", start + 350, 100)).isEqualTo(3);
    assertThat(granted(limiter, "alice", start + 400, 100)).isEqualTo(1);
    assertThat(granted(limiter, "alice", start + 1_400, 100)).isEqualTo(10);
    assertThat(granted(limiter, "alice", start + 60_000, 100)).isEqualTo(20);
  }

  @Test
  void somebody_who_never_pauses_gets_the_burst_and_the_rate() {
    for (int rate : new int[] {1, 7, 10, 333}) {
      RateLimiter limiter = open(rate, 5);
      int granted = 0;
      for (long now = start; now <= start + 30_000; now += 3) {
        granted += granted(limiter, "alice", now, 10);
      }
      assertThat(granted).as("at %d a second", rate).isBetween(5 + 30 * rate - 1, 5 + 30 * rate);
    }
  }

  @Test
  void users_do_not_share_their_permits() {
    RateLimiter limiter = open(10, 20);

    assertThat(granted(limiter, "alice", start, 100)).isEqualTo(20);
    assertThat(granted(limiter, "bob", start, 100)).isEqualTo(20);
    assertThat(granted(limiter, "Alice", start, 100)).isEqualTo(20);
  }

  @Test
  void threads_of_one_user_share_her_permits() {
    RateLimiter limiter = open(1, 100);
    Callable<Integer> sender = () -> granted(limiter, "alice", start, 50);

    List<Integer> granted = Race.run(Collections.nCopies(8, sender));

    assertThat(granted.stream().mapToInt(Integer::intValue).sum()).isEqualTo(100);
  }

  /** How many of {@code count} permits a user gets at once. */
  private static int granted(RateLimiter limiter, String userId, long now, int count) {
    return (int)
        IntStream.range(0, count).filter(i -> limiter.tryAcquire(userId, now) == 0).count();
  }
}
