package io.embedim.store.jdbc;

import io.embedim.spi.store.ImStores;
import io.embedim.testkit.contract.SearchContract;

class PostgresSearchTest extends SearchContract {

  @Override
  protected ImStores open() {
    return ServerDatabase.POSTGRESQL.openEmpty("search_");
  }
}
