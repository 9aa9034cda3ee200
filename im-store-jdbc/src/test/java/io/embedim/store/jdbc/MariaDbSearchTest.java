package io.embedim.store.jdbc;

import io.embedim.spi.store.ImStores;
import io.embedim.testkit.contract.SearchContract;

class MariaDbSearchTest extends SearchContract {

  @Override
  protected ImStores open() {
    return ServerDatabase.MARIADB.openEmpty("search_");
  }
}
