package io.embedim.store.jdbc;

import io.embedim.spi.store.ImStores;
import io.embedim.testkit.contract.ScheduleStoreContract;

class PostgresScheduleStoreTest extends ScheduleStoreContract {

  @Override
  protected ImStores open() {
    return ServerDatabase.POSTGRESQL.openEmpty("schedule_");
  }
}
