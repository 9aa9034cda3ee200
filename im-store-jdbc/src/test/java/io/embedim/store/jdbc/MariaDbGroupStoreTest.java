package io.embedim.store.jdbc;

import io.embedim.spi.store.ImStores;
import io.embedim.testkit.contract.GroupStoreContract;

class MariaDbGroupStoreTest extends GroupStoreContract {

  @Override
  protected ImStores open() {
    return ServerDatabase.MARIADB.openEmpty("group_");
  }
}
