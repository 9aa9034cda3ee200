package io.embedim.core.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.embedim.core.internal.time.Allowance;
import io.embedim.spi.cluster.RateLimiter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A bucket of permits for each user of this node: it holds {@code burst} of them, and {@code
 * messagesPerSecond} come back each second. Users are forgotten once their buckets are full.
 */
public final class TokenBucketRateLimiter implements RateLimiter {

  private static final int MAX_VALUE = 1_000_000;
  private static final long SECOND_MILLIS = 1_000;

  private final int messagesPerSecond;
  private final int burst;
  private final AtomicLong latestMillis = new AtomicLong();
  private final Cache<String, Allowance> buckets;

  /**
   * Makes a limiter in which every bucket is full.
   *
   * @param messagesPerSecond how many permits come back in a second, 1 to 1,000,000
   * @param burst how many permits a bucket holds, 1 to 1,000,000
   * @throws IllegalArgumentException when a number is out of its range
   */
  public TokenBucketRateLimiter(int messagesPerSecond, int burst) {
    this.messagesPerSecond = checked("messagesPerSecond", messagesPerSecond);
    this.burst = checked("burst", burst);
    // The time of the cache is the callers' too, so that idle means the same to both.
    this.buckets =
        Caffeine.newBuilder()
            .expireAfterAccess(
                Duration.ofNanos(bucket("").fillNanos() + Allowance.CLOCK_STEP_NANOS))
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(latestMillis.get()))
            .executor(Runnable::run)
            .build();
  }

  /**
   * {@inheritDoc}
   *
   * <p>When {@code now} jumps back, nobody waits longer than an empty bucket takes to give its next
   * permit, and a second.
   */
  @Override
  public long tryAcquire(String userId, long now) {
    if (now > latestMillis.get()) {
      latestMillis.accumulateAndGet(now, Math::max);
    }
    return buckets.get(userId, this::bucket).take(now);
  }

  /** How many users it remembers at the latest time that it was told. */
  long rememberedUsers() {
    buckets.cleanUp();
    return buckets.estimatedSize();
  }

  private Allowance bucket(String userId) {
    return new Allowance(messagesPerSecond, SECOND_MILLIS, burst);
  }

  private static int checked(String name, int value) {
    if (value < 1 || value > MAX_VALUE) {
      throw new IllegalArgumentException(name + " is " + value + ", expected 1 to " + MAX_VALUE);
    }
    return value;
  }
}
