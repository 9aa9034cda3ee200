package io.embedim.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until it is moved; exact to 1 ms. Safe for use by many threads. */
public final class MovableClock extends Clock {

  /** In ms since the epoch; shared by the views of other zones. */
  private final AtomicLong millis;

  private final ZoneId zone;

  private MovableClock(AtomicLong millis, ZoneId zone) {
    this.millis = millis;
    this.zone = zone;
  }

  /** Stands at {@code start}, in UTC. */
  public static MovableClock at(Instant start) {
    return new MovableClock(new AtomicLong(start.toEpochMilli()), ZoneOffset.UTC);
  }

  /**
   * Moves it on.
   *
   * @throws IllegalArgumentException when {@code duration} is negative; {@link #set} can go back
   */
  public void advance(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("duration is " + duration + ", expected 0 or more");
    }
    millis.addAndGet(duration.toMillis());
  }

  /** Sets it, forwards or back, as an administrator may do with a machine's clock. */
  public void set(Instant instant) {
    millis.set(instant.toEpochMilli());
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis.get());
  }

  @Override
  public long millis() {
    return millis.get();
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  /** The same clock in another zone: it moves with this one. */
  @Override
  public MovableClock withZone(ZoneId otherZone) {
    return new MovableClock(millis, otherZone);
  }
}
