package io.embedim.store.jdbc;

class PostgresTwoNodesTest extends TwoNodesRules {

  @Override
  CrashDatabase empty() throws Exception {
    return ServerDatabase.POSTGRESQL.fresh("two_nodes");
  }
}
