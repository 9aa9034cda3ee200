package io.embedim.store.jdbc;

import io.embedim.spi.store.ImStores;
import io.embedim.testkit.contract.SearchContract;

/** A part of most logs is indexed. */
class PostgresBorderSearchTest extends SearchContract {

  @Override
  protected ImStores open() {
    return CrankedStores.open(ServerDatabase.POSTGRESQL, new SearchBorder());
  }
}
