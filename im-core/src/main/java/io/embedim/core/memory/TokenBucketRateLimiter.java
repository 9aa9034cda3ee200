package io.embedim.core.memory;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.embedim.core.internal.time.Allowance;
import io.embedim.spi.cluster.RateLimiter;
import java.time.Duration;

/** Limits each user on this node: so many messages a second, and so many at once after a pause. */
public final class TokenBucketRateLimiter implements RateLimiter {

  /** Users that are remembered; whoever is forgotten begins with a full burst. */
  private static final int USERS = 1_000_000;

  private final LoadingCache<String, Allowance> allowances;

  /**
   * @param perSecond 1 or more
   * @param burst 1 or more
   */
  public TokenBucketRateLimiter(int perSecond, int burst) {
    if (perSecond < 1 || burst < 1) {
      throw new IllegalArgumentException(
          "expected 1 or more, got " + perSecond + " a second and " + burst + " at once");
    }
    Duration untilFull = Duration.ofMillis(1_000L * burst / perSecond + 1);
    allowances =
        Caffeine.newBuilder()
            .maximumSize(USERS)
            .expireAfterAccess(untilFull.plusMinutes(1))
            .build(userId -> new Allowance(perSecond, 1_000, burst));
  }

  @Override
  public long tryAcquire(String userId, long now) {
    return allowances.get(userId).take(now);
  }
}
