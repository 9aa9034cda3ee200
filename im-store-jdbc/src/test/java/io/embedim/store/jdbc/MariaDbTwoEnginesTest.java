package io.embedim.store.jdbc;

class MariaDbTwoEnginesTest extends TwoEnginesRules {

  @Override
  CrashDatabase empty() throws Exception {
    return ServerDatabase.MARIADB.fresh("two_nodes");
  }
}
