package io.embedim.core.internal.time;

import io.embedim.core.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Tasks that run later, or again and again, on the engine's wheel. */
public final class Timers {

  /** How exact all time-outs are. */
  private static final long TICK_MILLIS = 100;

  private final Clock clock;
  private final TimingWheel wheel;

  public Timers(Clock clock) {
    this.clock = clock;
    this.wheel = new TimingWheel(TICK_MILLIS, clock.millis());
  }

  public TimingWheel wheel() {
    return wheel;
  }

  /** Fires what is due. */
  public void tick() {
    wheel.advance(clock.millis());
  }

  /**
   * Runs a task once; it must not block. The result cancels it: the task does not begin any more,
   * unless it has begun.
   */
  public Runnable after(Duration delay, Runnable task) {
    AtomicBoolean over = new AtomicBoolean();
    TimingWheel.Timeout timeout =
        new TimingWheel.Timeout() {
          @Override
          protected void fire(long now) {
            if (over.compareAndSet(false, true)) {
              task.run();
            }
          }
        };
    wheel.arm(timeout, clock.millis() + delay.toMillis());
    return () -> {
      over.set(true);
      wheel.disarm(timeout);
    };
  }

  /** Runs a task again and again, first after one period; it must not block. */
  public void every(Duration period, Runnable task) {
    wheel.arm(
        new TimingWheel.Timeout() {
          @Override
          protected void fire(long now) {
            wheel.arm(this, now + period.toMillis());
            task.run();
          }
        },
        clock.millis() + period.toMillis());
  }

  /** The default: a thread that ticks. */
  public static Ticker thread() {
    return tick -> {
      ScheduledExecutorService ticker =
          Executors.newSingleThreadScheduledExecutor(
              EngineExecutor.daemonThreads("embedim-ticker-"));
      var unused =
          ticker.scheduleWithFixedDelay(tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
      return ticker::shutdownNow;
    };
  }
}
