package io.embedim.store.jdbc;

import io.embedim.spi.store.ImStores;
import io.embedim.testkit.contract.SearchContract;

/** Nothing is indexed. */
class PostgresSearchTest extends SearchContract {

  @Override
  protected ImStores open() {
    return CrankedStores.open(ServerDatabase.POSTGRESQL, crank -> {});
  }
}
