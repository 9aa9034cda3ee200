package io.embedim.store.jdbc;

import io.embedim.spi.store.ImStores;
import io.embedim.testkit.contract.ScheduleStoreContract;

class MariaDbScheduleStoreTest extends ScheduleStoreContract {

  @Override
  protected ImStores open() {
    return ServerDatabase.MARIADB.openEmpty("schedule_");
  }
}
