package io.embedim.core.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TimingWheelTest {

  private static final long START = 1_700_000_000_000L;
  private static final long TICK = 100;
  private static final long ROUND = 1024 * TICK;

  private final TimingWheel wheel = new TimingWheel(TICK, START);
  private final List<String> fired = new ArrayList<>();

  @Test
  void a_time_out_fires_at_its_deadline_and_not_before() {
    wheel.arm(named("a"), START + 300);
    wheel.advance(START + 299);
    assertThat(fired).isEmpty();
    wheel.advance(START + 300);
    assertThat(fired).containsExactly("a");
  }

  @Test
  void a_deadline_between_two_ticks_fires_with_the_later_one() {
    wheel.arm(named("a"), START + 201);
    wheel.advance(START + 299);
    assertThat(fired).isEmpty();
    wheel.advance(START + 300);
    assertThat(fired).containsExactly("a");
  }

  @Test
  void a_time_out_fires_once() {
    wheel.arm(named("a"), START + 100);
    wheel.advance(START + 100);
    wheel.advance(START + 100 + ROUND);
    assertThat(fired).containsExactly("a");
  }

  @Test
  void a_time_out_of_a_later_round_is_passed_over_until_its_round() {
    wheel.arm(named("next round"), START + 100 + ROUND);
    wheel.arm(named("this round"), START + 100);
    wheel.advance(START + 100);
    assertThat(fired).containsExactly("this round");
    wheel.advance(START + ROUND);
    assertThat(fired).containsExactly("this round");
    wheel.advance(START + 100 + ROUND);
    assertThat(fired).containsExactly("this round", "next round");
  }

  @Test
  void a_jump_over_several_rounds_fires_all_that_became_due() {
    wheel.arm(named("a"), START + 100);
    wheel.arm(named("b"), START + 3 * ROUND);
    wheel.arm(named("c"), START + 9 * ROUND);
    wheel.advance(START + 5 * ROUND);
    assertThat(fired).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void a_deadline_in_the_past_fires_with_the_next_tick() {
    wheel.arm(named("a"), START - 10_000);
    wheel.arm(named("b"), Long.MIN_VALUE / 2);
    wheel.advance(START);
    assertThat(fired).isEmpty();
    wheel.advance(START + 100);
    assertThat(fired).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void a_deadline_that_never_comes_does_no_harm() {
    wheel.arm(named("never"), Long.MAX_VALUE);
    wheel.advance(START + 100 * ROUND);
    wheel.advance(START);
    wheel.arm(named("still never"), Long.MAX_VALUE);
    wheel.advance(START + 200 * ROUND);
    assertThat(fired).isEmpty();
  }

  @Test
  void an_armed_time_out_can_be_moved_both_ways() {
    TimingWheel.Timeout sooner = named("sooner");
    TimingWheel.Timeout later = named("later");
    wheel.arm(sooner, START + 900);
    wheel.arm(later, START + 100);
    wheel.arm(sooner, START + 200);
    wheel.arm(later, START + 800);
    wheel.advance(START + 700);
    assertThat(fired).containsExactly("sooner");
    wheel.advance(START + 800);
    assertThat(fired).containsExactly("sooner", "later");
  }

  @Test
  void a_disarmed_time_out_does_not_fire_and_can_be_armed_again() {
    TimingWheel.Timeout timeout = named("a");
    wheel.disarm(timeout);
    wheel.arm(timeout, START + 100);
    wheel.disarm(timeout);
    wheel.advance(START + 200);
    assertThat(fired).isEmpty();
    wheel.arm(timeout, START + 300);
    wheel.advance(START + 300);
    assertThat(fired).containsExactly("a");
  }

  @Test
  void disarming_one_leaves_the_others_of_its_slot() {
    TimingWheel.Timeout middle = named("middle");
    wheel.arm(named("first"), START + 100);
    wheel.arm(middle, START + 100);
    wheel.arm(named("last"), START + 100);
    wheel.disarm(middle);
    wheel.advance(START + 100);
    assertThat(fired).containsExactly("first", "last");
  }

  @Test
  void a_time_out_may_arm_itself_again_while_it_fires() {
    TimingWheel.Timeout every200 =
        new TimingWheel.Timeout() {
          @Override
          protected void fire(long now) {
            fired.add("at " + (now - START));
            wheel.arm(this, now + 200);
          }
        };
    wheel.arm(every200, START + 200);
    for (long now = START; now <= START + 700; now += 100) {
      wheel.advance(now);
    }
    assertThat(fired).containsExactly("at 200", "at 400", "at 600");
  }

  @Test
  void a_time_out_that_fails_does_not_keep_the_others_from_firing() {
    wheel.arm(named("before"), START + 100);
    wheel.arm(
        new TimingWheel.Timeout() {
          @Override
          protected void fire(long now) {
            throw new IllegalStateException("planned");
          }
        },
        START + 100);
    wheel.arm(named("after"), START + 100);
    wheel.advance(START + 100);
    assertThat(fired).containsExactly("before", "after");
  }

  @Test
  void a_clock_that_is_set_back_does_not_hold_up_what_is_armed() {
    wheel.arm(named("armed before"), START + 5_000);
    wheel.advance(START + 1_000);
    long hourBack = START + 1_000 - 3_600_000;
    wheel.advance(hourBack);
    wheel.arm(named("armed after"), hourBack + 2_000);
    wheel.advance(hourBack + 1_900);
    assertThat(fired).isEmpty();
    wheel.advance(hourBack + 2_000);
    assertThat(fired).containsExactly("armed after");
    wheel.advance(hourBack + 4_000);
    assertThat(fired).containsExactly("armed after", "armed before");
  }

  @Test
  void each_of_many_time_outs_armed_by_many_threads_fires_exactly_once() throws Exception {
    int threads = 4;
    int perThread = 20_000;
    AtomicInteger fires = new AtomicInteger();
    AtomicInteger wrongAgain = new AtomicInteger();
    CountDownLatch armed = new CountDownLatch(threads);
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    List<Future<?>> all = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      int seed = t;
      all.add(
          executor.submit(
              () -> {
                for (int i = 0; i < perThread; i++) {
                  TimingWheel.Timeout timeout = counting(fires, wrongAgain);
                  wheel.arm(timeout, START + 100 + (i * 37L + seed) % 5_000);
                  wheel.arm(timeout, START + 100 + (i * 91L + seed) % 300_000);
                  TimingWheel.Timeout disarmed = counting(wrongAgain, wrongAgain);
                  wheel.arm(disarmed, START + 10_000_000);
                  wheel.disarm(disarmed);
                }
                armed.countDown();
                return null;
              }));
    }
    // Time passes meanwhile, but not so far that a time-out fires between being armed and moved.
    long now = START;
    while (armed.getCount() > 0) {
      wheel.advance(now);
    }
    for (Future<?> thread : all) {
      thread.get();
    }
    executor.shutdown();
    for (now = START; now <= START + 400_000; now += 700) {
      wheel.advance(now);
    }
    assertThat(fires).hasValue(threads * perThread);
    assertThat(wrongAgain).hasValue(0);
  }

  private static TimingWheel.Timeout counting(AtomicInteger fires, AtomicInteger again) {
    return new TimingWheel.Timeout() {
      private boolean before;

      @Override
      protected void fire(long now) {
        (before ? again : fires).incrementAndGet();
        before = true;
      }
    };
  }

  private TimingWheel.Timeout named(String name) {
    return new TimingWheel.Timeout() {
      @Override
      protected void fire(long now) {
        fired.add(name);
      }
    };
  }
}
