package io.embedim.testkit.contract;

import org.junit.jupiter.api.Test;

/** Whatever happens to groups, a backend answers what the {@link StoreModel} answers. */
interface RandomGroupHistoryRules extends GroupFixture {

  @Test
  default void a_random_history_of_groups_gets_the_answers_of_the_model() {
    long seed = RandomHistoryRules.seed();
    RandomGroupHistory history = new RandomGroupHistory(seed);
    RandomHistoryRules.compare(
        stores(), seed, RandomHistoryRules.steps(effort()), history::next, history::questions);
  }
}
