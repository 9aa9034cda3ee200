package io.embedim.store.jdbc;

class MariaDbGroupRaceTest extends GroupRaceRules {

  @Override
  CrashDatabase empty() throws Exception {
    return ServerDatabase.MARIADB.fresh("group_race");
  }
}
