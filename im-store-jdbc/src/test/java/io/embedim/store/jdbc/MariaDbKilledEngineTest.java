package io.embedim.store.jdbc;

class MariaDbKilledEngineTest extends KilledEngineRules {

  @Override
  CrashDatabase empty() throws Exception {
    return ServerDatabase.MARIADB.fresh("engine_crash");
  }
}
