package io.embedim.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.store.AppendResult.Appended;
import io.embedim.spi.store.AppendResult.MembershipChanged;
import io.embedim.spi.store.ScheduleStore.Outcome;
import io.embedim.spi.store.ScheduleStore.Scheduled;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A comparison is worth what the compared histories contain. */
class RandomPeopleHistoryTest {

  @Test
  void a_short_history_meets_every_outcome_more_than_once() {
    Map<Object, Integer> met = new HashMap<>();
    StoreModel model = new StoreModel();
    RandomPeopleHistory history = new RandomPeopleHistory(1);
    for (int i = 0; i < 400; i++) {
      Object answer = history.next().action().apply(model);
      Collection<?> answers = answer instanceof Collection<?> many ? many : List.of(answer);
      for (Object one : answers) {
        boolean isItself = one instanceof Boolean || one.equals(RandomGroupHistory.CONTRADICTION);
        met.merge(isItself ? one : one.getClass(), 1, Integer::sum);
      }
    }

    Stream<Object> outcomes =
        Stream.concat(
            Arrays.stream(Outcome.class.getPermittedSubclasses()),
            Stream.of(
                RandomGroupHistory.CONTRADICTION,
                true,
                false,
                Scheduled.class,
                Appended.class,
                MembershipChanged.class));
    assertThat(outcomes)
        .allSatisfy(kind -> assertThat(met.get(kind)).as("%s of %s", kind, met).isGreaterThan(1));
  }
}
