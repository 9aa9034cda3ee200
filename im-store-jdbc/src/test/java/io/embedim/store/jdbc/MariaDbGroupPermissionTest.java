package io.embedim.store.jdbc;

import io.embedim.spi.store.ImStores;
import io.embedim.testkit.contract.GroupPermissionContract;

class MariaDbGroupPermissionTest extends GroupPermissionContract {

  @Override
  protected ImStores open() {
    return ServerDatabase.MARIADB.openEmpty("permission_");
  }
}
