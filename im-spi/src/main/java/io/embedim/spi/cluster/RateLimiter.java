package io.embedim.spi.cluster;

/**
 * Says how fast a user may send. Safe for use by many threads; calls overlap, also for one user. It
 * may block, which holds up only the session that sends. Where it throws, the message is not sent.
 */
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
