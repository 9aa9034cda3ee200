package io.embedim.store.jdbc;

class PostgresTwoEnginesTest extends TwoEnginesRules {

  @Override
  CrashDatabase empty() throws Exception {
    return ServerDatabase.POSTGRESQL.fresh("two_nodes");
  }
}
