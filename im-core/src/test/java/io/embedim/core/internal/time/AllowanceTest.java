package io.embedim.core.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AllowanceTest {

  private static final long START = 1_700_000_000_000L;

  private final Allowance tenASecond = new Allowance(10, 1_000, 20);

  @Test
  void the_burst_is_given_at_once_and_nothing_beyond_it() {
    assertThat(given(START, 30)).isEqualTo(20);
  }

  @Test
  void the_answer_says_when_the_next_one_is_there() {
    given(START, 20);
    assertThat(tenASecond.take(START)).isEqualTo(100);
    assertThat(tenASecond.take(START + 60)).isEqualTo(40);
    assertThat(tenASecond.take(START + 99)).isEqualTo(1);
    assertThat(tenASecond.take(START + 100)).isZero();
    assertThat(tenASecond.take(START + 100)).isEqualTo(100);
  }

  @Test
  void asking_in_vain_costs_nothing() {
    given(START, 20);
    for (int i = 0; i < 1_000; i++) {
      tenASecond.take(START + 50);
    }
    assertThat(tenASecond.take(START + 100)).isZero();
  }

  @Test
  void the_rate_is_kept_over_a_long_time() {
    int taken = 0;
    for (long now = START; now < START + 60_000; now += 10) {
      taken += tenASecond.take(now) == 0 ? 1 : 0;
    }
    assertThat(taken).isBetween(20 + 599, 20 + 600);
  }

  @Test
  void a_pause_brings_back_the_burst_and_no_more() {
    given(START, 20);
    assertThat(given(START + 3_600_000, 100)).isEqualTo(20);
  }

  @Test
  void a_clock_that_is_set_back_locks_nobody_out() {
    given(START, 20);
    long hourBack = START - 3_600_000;
    assertThat(tenASecond.take(hourBack)).isLessThanOrEqualTo(100);
    assertThat(tenASecond.take(hourBack + 100)).isZero();
  }

  @Test
  void many_threads_get_no_more_than_there_is() throws Exception {
    Allowance shared = new Allowance(1, 1_000_000, 5_000);
    AtomicInteger taken = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<?>> all = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      all.add(
          threads.submit(
              () -> {
                for (int i = 0; i < 5_000; i++) {
                  if (shared.take(START) == 0) {
                    taken.incrementAndGet();
                  }
                }
              }));
    }
    for (Future<?> thread : all) {
      thread.get();
    }
    threads.shutdown();
    assertThat(taken).hasValue(5_000);
  }

  private int given(long now, int asked) {
    int given = 0;
    for (int i = 0; i < asked; i++) {
      given += tenASecond.take(now) == 0 ? 1 : 0;
    }
    return given;
  }
}
