package io.embedim.store.jdbc;

import io.embedim.spi.store.ImStores;
import io.embedim.testkit.contract.SearchContract;

/** Everything is indexed. */
class MariaDbIndexedSearchTest extends SearchContract {

  @Override
  protected ImStores open() {
    return CrankedStores.open(ServerDatabase.MARIADB, SearchCrank::indexAll);
  }
}
