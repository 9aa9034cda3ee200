package io.embedim.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.store.ImStores;
import io.embedim.testkit.contract.RandomHistory.Step;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Whatever happens, a backend answers what the {@link StoreModel} answers. */
interface RandomHistoryRules extends StoreFixture {

  /** This system property says how many steps a history has, where the default is not enough. */
  String STEPS_PROPERTY = "io.embedim.testkit.steps";

  /** Repeats the history of this seed, which a failure prints. */
  String SEED_PROPERTY = "io.embedim.testkit.seed";

  @Test
  default void a_random_history_gets_the_answers_of_the_model() {
    long seed = seed();
    RandomHistory history = new RandomHistory(seed);
    compare(stores(), seed, steps(effort()), history::next, history::questions);
  }

  static long seed() {
    return Long.getLong(SEED_PROPERTY, new Random().nextLong());
  }

  static int steps(int effort) {
    return Integer.getInteger(STEPS_PROPERTY, 400 * effort);
  }

  /** Lets both go through a history, and then answer the questions about what came of it. */
  static void compare(
      ImStores stores,
      long seed,
      int steps,
      Supplier<Step> history,
      Supplier<List<Step>> questions) {
    StoreModel model = new StoreModel();
    for (int i = 0; i < steps; i++) {
      check(history.get(), stores, model, "step " + i + " of -D" + SEED_PROPERTY + "=" + seed);
    }
    for (Step question : questions.get()) {
      check(question, stores, model, "at the end of -D" + SEED_PROPERTY + "=" + seed);
    }
  }

  private static void check(Step step, ImStores stores, StoreModel model, String when) {
    assertThat(step.action().apply(stores))
        .as("%s: %s", when, step.what())
        .isEqualTo(step.action().apply(model));
  }
}
