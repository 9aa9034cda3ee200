package io.embedim.store.jdbc;

import io.embedim.spi.store.ImStores;
import io.embedim.testkit.contract.SearchContract;

/** Nothing is indexed. */
class MariaDbSearchTest extends SearchContract {

  @Override
  protected ImStores open() {
    return CrankedStores.open(ServerDatabase.MARIADB, crank -> {});
  }
}
