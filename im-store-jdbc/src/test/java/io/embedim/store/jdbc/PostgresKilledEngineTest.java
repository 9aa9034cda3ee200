package io.embedim.store.jdbc;

class PostgresKilledEngineTest extends KilledEngineRules {

  @Override
  CrashDatabase empty() throws Exception {
    return ServerDatabase.POSTGRESQL.fresh("engine_crash");
  }
}
