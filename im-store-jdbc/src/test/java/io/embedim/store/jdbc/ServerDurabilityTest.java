package io.embedim.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.store.ImStores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The servers of the tests are as careful as those of production, and we can tell. */
class ServerDurabilityTest {

  @ParameterizedTest
  @EnumSource
  void commits_are_forced_to_the_disk(ServerDatabase database) {
    try (ImStores stores = database.open("durability_")) {
      assertThat(stores.describe()).endsWith("commits are forced to the disk");
    }
  }
}
