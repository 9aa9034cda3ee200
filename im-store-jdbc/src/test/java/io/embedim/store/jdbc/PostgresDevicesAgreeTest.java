package io.embedim.store.jdbc;

import io.embedim.spi.store.ImStores;
import io.embedim.testkit.contract.DevicesAgreeContract;

class PostgresDevicesAgreeTest extends DevicesAgreeContract {

  @Override
  protected ImStores open() {
    return ServerDatabase.POSTGRESQL.openEmpty("agree_");
  }
}
