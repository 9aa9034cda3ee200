package io.embedim.testkit.contract;

import org.junit.jupiter.api.Test;

/** Whoever blocks whom, whatever is said and sent later, a backend answers what the model does. */
interface RandomPeopleHistoryRules extends StoreFixture {

  @Test
  default void a_random_history_of_people_gets_the_answers_of_the_model() {
    long seed = RandomHistoryRules.seed();
    RandomPeopleHistory history = new RandomPeopleHistory(seed);
    RandomHistoryRules.compare(
        stores(), seed, RandomHistoryRules.steps(effort()), history::next, history::questions);
  }
}
