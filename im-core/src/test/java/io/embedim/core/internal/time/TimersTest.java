package io.embedim.core.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TimersTest {

  private long millis = 1_700_000_000_000L;

  private final Clock clock =
      new Clock() {
        @Override
        public Instant instant() {
          return Instant.ofEpochMilli(millis);
        }

        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }
      };

  private final Timers timers = new Timers(clock);
  private final List<String> fired = new ArrayList<>();

  @Test
  void a_task_runs_once_after_its_delay() {
    timers.after(Duration.ofSeconds(1), () -> fired.add("now"));
    pass(900);
    assertThat(fired).isEmpty();
    pass(100);
    assertThat(fired).containsExactly("now");
    pass(10_000);
    assertThat(fired).containsExactly("now");
  }

  @Test
  void a_cancelled_task_does_not_run() {
    Runnable cancel = timers.after(Duration.ofSeconds(1), () -> fired.add("now"));
    cancel.run();
    pass(2_000);
    cancel.run();
    assertThat(fired).isEmpty();
  }

  @Test
  void a_task_that_is_cancelled_by_one_due_at_the_same_time_does_not_run() {
    List<Runnable> cancels = new ArrayList<>();
    timers.after(Duration.ofSeconds(1), () -> cancels.forEach(Runnable::run));
    cancels.add(timers.after(Duration.ofSeconds(1), () -> fired.add("too late to cancel")));
    pass(1_000);
    assertThat(fired).isEmpty();
  }

  @Test
  void a_repeated_task_runs_again_and_again_even_when_it_fails() {
    AtomicInteger runs = new AtomicInteger();
    timers.every(
        Duration.ofMillis(500),
        () -> {
          runs.incrementAndGet();
          throw new IllegalStateException("planned");
        });
    for (int i = 0; i < 50; i++) {
      pass(100);
    }
    assertThat(runs).hasValue(10);
  }

  @Test
  void an_error_in_a_task_does_not_stop_the_ticker() throws Exception {
    Timers real = new Timers(Clock.systemUTC());
    CountDownLatch after = new CountDownLatch(1);
    real.after(
        Duration.ofMillis(100),
        () -> {
          throw new AssertionError("planned");
        });
    real.after(Duration.ofMillis(500), after::countDown);
    Runnable stop = Timers.thread().start(real::tick);
    assertThat(after.await(30, TimeUnit.SECONDS)).isTrue();
    stop.run();
    stop.run();
  }

  private void pass(long duration) {
    millis += duration;
    timers.tick();
  }
}
