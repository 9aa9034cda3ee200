package io.embedim.store.jdbc;

import io.embedim.spi.store.ImStores;
import io.embedim.testkit.contract.SearchContract;

/** Everything is indexed. */
class PostgresIndexedSearchTest extends SearchContract {

  @Override
  protected ImStores open() {
    return CrankedStores.open(ServerDatabase.POSTGRESQL, SearchCrank::indexAll);
  }
}
