package io.embedim.spi.cluster;

/** Says how fast a user may send. Safe for use by many threads. */
@FunctionalInterface
public interface RateLimiter {

  /**
   * Takes a permit.
   *
   * @param userId who wants to send
   * @param now in ms since the epoch
   * @return 0 when the permit was given; otherwise after how many ms, at least 1, to ask again
   */
  long tryAcquire(String userId, long now);
}
