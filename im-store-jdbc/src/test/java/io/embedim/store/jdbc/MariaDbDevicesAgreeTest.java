package io.embedim.store.jdbc;

import io.embedim.spi.store.ImStores;
import io.embedim.testkit.contract.DevicesAgreeContract;

class MariaDbDevicesAgreeTest extends DevicesAgreeContract {

  @Override
  protected ImStores open() {
    return ServerDatabase.MARIADB.openEmpty("agree_");
  }
}
