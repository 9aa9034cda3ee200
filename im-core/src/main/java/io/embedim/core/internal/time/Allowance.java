package io.embedim.core.internal.time;

/**
 * So many per time, and so many at once after a pause (the generic cell rate algorithm: one number
 * instead of a bucket and its last filling).
 */
public final class Allowance {

  private final double intervalMillis;
  private final double burstMillis;
  private double theoreticalArrival;

  /**
   * @param count how many in {@code perMillis}, 1 or more
   * @param burst how many at once, 1 or more
   */
  public Allowance(int count, long perMillis, int burst) {
    this.intervalMillis = (double) perMillis / count;
    this.burstMillis = intervalMillis * (burst - 1);
  }

  /**
   * Takes one.
   *
   * @param now in ms since the epoch
   * @return 0 when it was given; otherwise after how many ms, at least 1, there is another one
   */
  public synchronized long take(long now) {
    if (theoreticalArrival > now + burstMillis + intervalMillis) {
      // No taking leads so far ahead: the clock was set back. Begin with nothing left.
      theoreticalArrival = now + burstMillis + intervalMillis;
    }
    double wait = theoreticalArrival - burstMillis - now;
    if (wait > 0) {
      return (long) Math.ceil(wait);
    }
    theoreticalArrival = Math.max(theoreticalArrival, (double) now) + intervalMillis;
    return 0;
  }
}
