package io.embedim.store.jdbc;

class PostgresGroupRaceTest extends GroupRaceRules {

  @Override
  CrashDatabase empty() throws Exception {
    return ServerDatabase.POSTGRESQL.fresh("group_race");
  }
}
