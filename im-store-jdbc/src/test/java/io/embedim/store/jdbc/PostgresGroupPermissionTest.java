package io.embedim.store.jdbc;

import io.embedim.spi.store.ImStores;
import io.embedim.testkit.contract.GroupPermissionContract;

class PostgresGroupPermissionTest extends GroupPermissionContract {

  @Override
  protected ImStores open() {
    return ServerDatabase.POSTGRESQL.openEmpty("permission_");
  }
}
