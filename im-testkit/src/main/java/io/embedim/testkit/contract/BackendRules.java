package io.embedim.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What holds for a backend as a whole. */
interface BackendRules extends StoreFixture {

  @Test
  default void a_backend_says_what_it_is() {
    assertThat(stores().describe()).isNotBlank().hasLineCount(1);
  }

  @Test
  default void closing_twice_is_harmless() {
    stores().close();
    stores().close();
  }
}
