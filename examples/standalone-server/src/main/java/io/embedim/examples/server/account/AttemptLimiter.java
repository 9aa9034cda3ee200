package io.embedim.examples.server.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** So many attempts a minute for each name, as many at once; evenly again after that. */
final class AttemptLimiter {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** Names that are remembered; a flood of invented ones must not fill the memory. */
  private static final int NAMES = 100_000;

  private final Clock clock;
  private final long intervalMillis;

  /** For each name, when all attempts so far would have come if they had come evenly. */
  private final Cache<String, AtomicLong> due =
      Caffeine.newBuilder().maximumSize(NAMES).expireAfterAccess(MINUTE.multipliedBy(2)).build();

  AttemptLimiter(int perMinute, Clock clock) {
    this.clock = clock;
    this.intervalMillis = Math.max(1, MINUTE.toMillis() / perMinute);
  }

  /** Counts an attempt; 0 when it may be made, otherwise after how many ms the next one may. */
  long attempt(String name) {
    long now = clock.millis();
    long latest = now + MINUTE.toMillis() - intervalMillis;
    AtomicLong mine = due.get(name, unknown -> new AtomicLong(now));
    while (true) {
      long current = mine.get();
      // A clock that was set back would otherwise lock everybody out.
      long start = Math.max(current > now + MINUTE.toMillis() ? now : current, now);
      if (start > latest) {
        return start - latest;
      }
      if (mine.compareAndSet(current, start + intervalMillis)) {
        return 0;
      }
    }
  }
}
