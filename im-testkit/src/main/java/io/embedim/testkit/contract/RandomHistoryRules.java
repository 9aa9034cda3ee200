package io.embedim.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever happens, a backend answers what the {@link StoreModel} answers. */
interface RandomHistoryRules extends StoreFixture {

  /** This system property says how many steps a history has, where the default is not enough. */
  String STEPS_PROPERTY = "io.embedim.testkit.steps";

  /** Repeats the history of this seed, which a failure prints. */
  String SEED_PROPERTY = "io.embedim.testkit.seed";

  @Test
  default void a_random_history_gets_the_answers_of_the_model() {
    long seed = Long.getLong(SEED_PROPERTY, new Random().nextLong());
    int steps = Integer.getInteger(STEPS_PROPERTY, 400 * effort());
    RandomHistory history = new RandomHistory(seed);
    StoreModel model = new StoreModel();
    for (int i = 0; i < steps; i++) {
      check(history.next(), model, "step " + i + " of -D" + SEED_PROPERTY + "=" + seed);
    }
    for (RandomHistory.Step question : history.questions()) {
      check(question, model, "at the end of -D" + SEED_PROPERTY + "=" + seed);
    }
  }

  private void check(RandomHistory.Step step, StoreModel model, String when) {
    assertThat(step.action().apply(stores()))
        .as("%s: %s", when, step.what())
        .isEqualTo(step.action().apply(model));
  }
}
