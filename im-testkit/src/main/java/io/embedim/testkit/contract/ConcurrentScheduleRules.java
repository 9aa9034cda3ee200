package io.embedim.testkit.contract;

import static io.embedim.testkit.contract.ScheduleRules.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.store.ScheduleStore.Outcome;
import io.embedim.spi.store.ScheduleStore.Scheduled;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What holds while many schedule, take back and claim at once. */
interface ConcurrentScheduleRules extends ScheduleRules {

  @Test
  default void each_message_is_in_the_hands_of_one_claimer() {
    for (int round = 0; round < 3 * effort(); round++) {
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        ids.add(scheduled("r" + round + "s" + i, "user" + i % 3, NOW + i).scheduleId());
      }
      Callable<List<String>> claimer =
          () -> {
            List<String> claimed = new ArrayList<>();
            List<Scheduled> some;
            do {
              some = schedules().claim(NOW + 99, NOW + 999, 3);
              some.forEach(message -> claimed.add(message.scheduleId()));
            } while (!some.isEmpty());
            return claimed;
          };

      List<List<String>> claims = Race.run(List.of(claimer, claimer, claimer, claimer));

      assertThat(claims.stream().flatMap(List::stream).toList())
          .containsExactlyInAnyOrderElementsOf(ids);
      schedules().done(ids);
    }
  }

  @Test
  default void a_message_is_claimed_or_taken_back_and_never_both() {
    for (int round = 0; round < 20 * effort(); round++) {
      String id = "s" + round;
      scheduled(id, "alice", NOW);

      List<Boolean> results =
          Race.run(
              List.<Callable<Boolean>>of(
                  () -> schedules().cancel("alice", id),
                  () -> !schedules().claim(NOW, NOW + 99, 9).isEmpty()));

      assertThat(results).containsExactlyInAnyOrder(true, false);
      schedules().done(List.of(id));
    }
  }

  @Test
  default void many_who_schedule_at_once_do_not_pass_the_limit() {
    AtomicInteger next = new AtomicInteger();
    for (int round = 0; round < 3 * effort(); round++) {
      String userId = "user" + round;
      Callable<Integer> scheduler =
          () -> {
            int kept = 0;
            for (int i = 0; i < 5; i++) {
              Outcome outcome =
                  schedules().schedule(message("s" + next.getAndIncrement(), userId, NOW), 10);
              kept += outcome.equals(new Outcome.Kept()) ? 1 : 0;
            }
            return kept;
          };

      List<Integer> kept = Race.run(List.of(scheduler, scheduler, scheduler, scheduler));

      assertThat(kept.stream().mapToInt(Integer::intValue).sum()).isEqualTo(10);
      assertThat(schedules().pending(userId, 99)).hasSize(10);
    }
  }

  @Test
  default void of_many_with_one_id_at_once_one_is_kept() {
    for (int round = 0; round < 10 * effort(); round++) {
      String id = "s" + round;
      List<Callable<Outcome>> schedulers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Scheduled message = message(id, "user" + i, NOW + i);
        schedulers.add(() -> schedules().schedule(message, MANY));
      }

      List<Outcome> outcomes = Race.run(schedulers);

      Outcome kept = new Outcome.Kept();
      assertThat(outcomes).filteredOn(kept::equals).hasSize(1);
      int winner = outcomes.indexOf(kept);
      assertThat(outcomes)
          .filteredOn(outcome -> !outcome.equals(kept))
          .containsOnly(new Outcome.IdTaken(message(id, "user" + winner, NOW + winner)));
    }
  }
}
