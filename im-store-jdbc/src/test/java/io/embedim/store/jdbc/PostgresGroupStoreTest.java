package io.embedim.store.jdbc;

import io.embedim.spi.store.ImStores;
import io.embedim.testkit.contract.GroupStoreContract;

class PostgresGroupStoreTest extends GroupStoreContract {

  @Override
  protected ImStores open() {
    return ServerDatabase.POSTGRESQL.openEmpty("group_");
  }
}
