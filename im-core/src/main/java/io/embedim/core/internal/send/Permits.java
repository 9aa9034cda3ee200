package io.embedim.core.internal.send;

import io.embedim.core.Caller;
import io.embedim.core.ImException;
import io.embedim.spi.cluster.RateLimiter;
import io.embedim.spi.model.Ids;
import java.time.Clock;

/**
 * How fast a user may do what is kept and told to others: messages, what is done to them, changes
 * of groups, blocks. Each is one permit of the rate limiter. Safe for use by many threads.
 */
public final class Permits {

  private final RateLimiter limiter;
  private final Clock clock;

  public Permits(RateLimiter limiter, Clock clock) {
    this.limiter = limiter;
    this.clock = clock;
  }

  /**
   * Takes a permit; the system needs none.
   *
   * @throws ImException {@code rate_limited}
   */
  public void take(Caller caller) {
    if (!caller.userId().equals(Ids.SYSTEM_USER)) {
      long retryAfter = limiter.tryAcquire(caller.userId(), clock.millis());
      if (retryAfter > 0) {
        throw ImException.rateLimited(retryAfter);
      }
    }
  }
}
