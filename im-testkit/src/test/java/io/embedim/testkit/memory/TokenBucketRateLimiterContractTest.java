package io.embedim.testkit.memory;

import io.embedim.core.memory.TokenBucketRateLimiter;
import io.embedim.spi.cluster.RateLimiter;
import io.embedim.testkit.contract.RateLimiterContract;

class TokenBucketRateLimiterContractTest extends RateLimiterContract {

  @Override
  protected RateLimiter open(int messagesPerSecond, int burst) {
    return new TokenBucketRateLimiter(messagesPerSecond, burst);
  }
}
