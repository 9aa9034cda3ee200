package io.embedim.core.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.embedim.spi.cluster.RateLimiter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A bucket of permits for each user of this node: it holds {@code burst} of them, and {@code
 * messagesPerSecond} come back each second. Asking in vain costs nothing.
 *
 * <p>One number is kept for a user: the time at which her bucket will be full again (the generic
 * cell rate algorithm). A full bucket needs no number, so users are forgotten when they are idle.
 */
public final class TokenBucketRateLimiter implements RateLimiter {

  private static final int MAX_VALUE = 1_000_000;
  private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  /**
   * A time that lies this far back was not just noted by a slower thread: the clock was set back.
   */
  private static final long CLOCK_STEP_NANOS = NANOS_PER_SECOND;

  private final long intervalNanos;
  private final long fillNanos;
  private final AtomicLong latestMillis = new AtomicLong();
  private final Cache<String, AtomicLong> fullAtNanos;

  /**
   * Makes a limiter in which every bucket is full.
   *
   * @param messagesPerSecond how many permits come back in a second, 1 to 1,000,000
   * @param burst how many permits a bucket holds, 1 to 1,000,000
   * @throws IllegalArgumentException when a number is out of its range
   */
  public TokenBucketRateLimiter(int messagesPerSecond, int burst) {
    this.intervalNanos = NANOS_PER_SECOND / checked("messagesPerSecond", messagesPerSecond);
    this.fillNanos = intervalNanos * checked("burst", burst);
    // The time of the cache is the callers' too, so that idle means the same to both.
    this.fullAtNanos =
        Caffeine.newBuilder()
            .expireAfterAccess(Duration.ofNanos(fillNanos + CLOCK_STEP_NANOS))
            .ticker(() -> latestMillis.get() * NANOS_PER_MILLI)
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
    long nowNanos = now * NANOS_PER_MILLI;
    AtomicLong bucket = fullAtNanos.get(userId, first -> new AtomicLong(Long.MIN_VALUE));
    while (true) {
      long fullAt = bucket.get();
      long emptyNow = nowNanos + fillNanos;
      if (fullAt > emptyNow + CLOCK_STEP_NANOS) {
        bucket.compareAndSet(fullAt, emptyNow);
        continue;
      }
      long fullAtWithout = Math.max(fullAt, nowNanos) + intervalNanos;
      if (fullAtWithout > emptyNow) {
        return Math.floorDiv(fullAtWithout - emptyNow - 1, NANOS_PER_MILLI) + 1;
      }
      if (bucket.compareAndSet(fullAt, fullAtWithout)) {
        return 0;
      }
    }
  }

  /** How many users it remembers at the latest time that it was told. */
  long rememberedUsers() {
    fullAtNanos.cleanUp();
    return fullAtNanos.estimatedSize();
  }

  private static int checked(String name, int value) {
    if (value < 1 || value > MAX_VALUE) {
      throw new IllegalArgumentException(name + " is " + value + ", expected 1 to " + MAX_VALUE);
    }
    return value;
  }
}
