package io.embedim.core.internal.time;

import java.util.concurrent.TimeUnit;

/**
 * So many per time, and so many at once after a pause: a bucket of permits. Asking in vain costs
 * nothing.
 *
 * <p>One number is kept: the time at which the bucket will be full again (the generic cell rate
 * algorithm). Safe for use by many threads.
 */
public final class Allowance {

  private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  /**
   * A time that lies this far back was not just noted by a slower thread: the clock was set back.
   */
  public static final long CLOCK_STEP_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final long intervalNanos;
  private final long fillNanos;
  private long fullAtNanos = Long.MIN_VALUE;

  /**
   * A full bucket.
   *
   * @param count how many permits come back in {@code perMillis}, 1 to 1,000,000
   * @param burst how many permits it holds, 1 to 1,000,000
   */
  public Allowance(int count, long perMillis, int burst) {
    this.intervalNanos = perMillis * NANOS_PER_MILLI / count;
    this.fillNanos = intervalNanos * burst;
  }

  /**
   * Takes a permit. When {@code now} jumps back, nobody waits longer than an empty bucket takes to
   * give its next permit, and a second.
   *
   * @param now in ms since the epoch
   * @return 0 when it was given; otherwise after how many ms, at least 1, there is another one
   */
  public synchronized long take(long now) {
    long nowNanos = now * NANOS_PER_MILLI;
    long emptyNow = nowNanos + fillNanos;
    if (fullAtNanos > emptyNow + CLOCK_STEP_NANOS) {
      fullAtNanos = emptyNow;
    }
    long fullAtWithout = Math.max(fullAtNanos, nowNanos) + intervalNanos;
    if (fullAtWithout > emptyNow) {
      return Math.floorDiv(fullAtWithout - emptyNow - 1, NANOS_PER_MILLI) + 1;
    }
    fullAtNanos = fullAtWithout;
    return 0;
  }

  /** How long an empty bucket takes to be full again, in ns. */
  public long fillNanos() {
    return fillNanos;
  }
}
