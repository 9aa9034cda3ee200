package io.embedim.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.store.AppendResult.Appended;
import io.embedim.spi.store.AppendResult.MembershipChanged;
import io.embedim.spi.store.CursorResult.BeyondEnd;
import io.embedim.spi.store.GroupStore.Result;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A comparison is worth what the compared histories contain. */
class RandomGroupHistoryTest {

  @Test
  void a_short_history_meets_every_outcome_more_than_once() {
    Map<Object, Integer> met = new HashMap<>();
    StoreModel model = new StoreModel();
    RandomGroupHistory history = new RandomGroupHistory(1);
    for (int i = 0; i < 400; i++) {
      Object answer = history.next().action().apply(model);
      Collection<?> answers = answer instanceof Collection<?> many ? many : List.of(answer);
      answers.forEach(
          one ->
              met.merge(
                  one.equals(RandomGroupHistory.CONTRADICTION) ? one : one.getClass(),
                  1,
                  Integer::sum));
    }

    Stream<Object> outcomes =
        Stream.concat(
            Arrays.stream(Result.class.getPermittedSubclasses()),
            Stream.of(
                RandomGroupHistory.CONTRADICTION,
                Appended.class,
                MembershipChanged.class,
                BeyondEnd.class));
    assertThat(outcomes)
        .allSatisfy(kind -> assertThat(met.get(kind)).as("%s of %s", kind, met).isGreaterThan(1));
    assertThat(met.get(Result.Changed.class)).as("%s", met).isGreaterThan(40);
  }

  @Test
  void the_same_seed_makes_the_same_history() {
    RandomGroupHistory one = new RandomGroupHistory(42);
    RandomGroupHistory same = new RandomGroupHistory(42);
    RandomGroupHistory other = new RandomGroupHistory(43);

    for (int i = 0; i < 100; i++) {
      RandomHistory.Step step = one.next();
      assertThat(same.next().what()).isEqualTo(step.what());
      assertThat(other.next().what()).isNotEqualTo(step.what());
    }
  }
}
