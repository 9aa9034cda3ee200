package io.embedim.core.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TokenBucketRateLimiterTest {

  private static final long NOW = 1_800_000_000_000L;

  @Test
  void users_are_forgotten_once_their_buckets_are_full() {
    TokenBucketRateLimiter limiter = new TokenBucketRateLimiter(10, 20);
    for (int i = 0; i < 1_000; i++) {
      limiter.tryAcquire("user" + i, NOW);
    }
    assertThat(limiter.rememberedUsers()).isEqualTo(1_000);

    limiter.tryAcquire("alice", NOW + 2_000);
    assertThat(limiter.rememberedUsers()).isEqualTo(1_001);
    limiter.tryAcquire("alice", NOW + 3_001);
    assertThat(limiter.rememberedUsers()).isEqualTo(1);
  }

  @Test
  void a_clock_that_is_set_back_by_an_hour_does_not_silence_a_user_for_an_hour() {
    TokenBucketRateLimiter limiter = new TokenBucketRateLimiter(10, 20);
    for (int i = 0; i < 20; i++) {
      assertThat(limiter.tryAcquire("alice", NOW)).isZero();
    }
    long back = NOW - 3_600_000;

    assertThat(limiter.tryAcquire("alice", back)).isEqualTo(100);
    assertThat(limiter.tryAcquire("alice", back + 100)).isZero();
    assertThat(limiter.tryAcquire("alice", back + 100)).isEqualTo(100);
  }

  @Test
  void a_thread_that_is_a_little_late_gets_no_permits_for_it() {
    TokenBucketRateLimiter limiter = new TokenBucketRateLimiter(1_000, 5);
    int granted = 0;
    for (int i = 0; i < 100; i++) {
      granted += limiter.tryAcquire("alice", NOW) == 0 ? 1 : 0;
      granted += limiter.tryAcquire("alice", NOW - 20) == 0 ? 1 : 0;
    }
    assertThat(granted).isEqualTo(5);
  }

  @Test
  void numbers_out_of_their_range_are_refused_by_name() {
    assertThatThrownBy(() -> new TokenBucketRateLimiter(0, 20))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("messagesPerSecond is 0, expected 1 to 1000000");
    assertThatThrownBy(() -> new TokenBucketRateLimiter(10, 1_000_001))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("burst is 1000001, expected 1 to 1000000");
  }

  @Test
  void the_highest_rate_and_burst_are_kept() {
    TokenBucketRateLimiter limiter = new TokenBucketRateLimiter(1_000_000, 1_000_000);
    for (int i = 0; i < 1_000_000; i++) {
      assertThat(limiter.tryAcquire("alice", NOW)).isZero();
    }
    assertThat(limiter.tryAcquire("alice", NOW)).isEqualTo(1);
  }
}
