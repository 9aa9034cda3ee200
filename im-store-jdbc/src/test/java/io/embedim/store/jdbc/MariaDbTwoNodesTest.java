package io.embedim.store.jdbc;

class MariaDbTwoNodesTest extends TwoNodesRules {

  @Override
  CrashDatabase empty() throws Exception {
    return ServerDatabase.MARIADB.fresh("two_nodes");
  }
}
