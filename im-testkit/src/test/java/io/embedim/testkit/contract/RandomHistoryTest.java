package io.embedim.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.store.AppendResult;
import io.embedim.spi.store.AppendResult.RevisionRefused;
import io.embedim.spi.store.CursorResult;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A comparison is worth what the compared histories contain. */
class RandomHistoryTest {

  @Test
  void a_short_history_meets_every_outcome_more_than_once() {
    Map<Object, Integer> met = new HashMap<>();
    StoreModel model = new StoreModel();
    RandomHistory history = new RandomHistory(1);
    for (int i = 0; i < 400; i++) {
      kinds(history.next().action().apply(model)).forEach(kind -> met.merge(kind, 1, Integer::sum));
    }

    Stream<Object> outcomes =
        Stream.of(
                AppendResult.class.getPermittedSubclasses(),
                CursorResult.class.getPermittedSubclasses(),
                RevisionRefused.Reason.values())
            .<Object>flatMap(Stream::of)
            .filter(kind -> kind != RevisionRefused.class);
    assertThat(outcomes)
        .allSatisfy(kind -> assertThat(met.get(kind)).as("%s", kind).isGreaterThan(1));
  }

  @Test
  void the_same_seed_makes_the_same_history() {
    RandomHistory one = new RandomHistory(42);
    RandomHistory same = new RandomHistory(42);
    RandomHistory other = new RandomHistory(43);

    for (int i = 0; i < 100; i++) {
      RandomHistory.Step step = one.next();
      assertThat(same.next().what()).isEqualTo(step.what());
      assertThat(other.next().what()).isNotEqualTo(step.what());
    }
  }

  private static Stream<Object> kinds(Object answer) {
    Collection<?> answers = answer instanceof Collection<?> many ? many : List.of();
    return answers.stream()
        .map(
            result ->
                result instanceof RevisionRefused refused ? refused.reason() : result.getClass());
  }
}
