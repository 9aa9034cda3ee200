package io.embedim.store.jdbc;

class PostgresSearchBacklogTest extends SearchBacklogRules {

  PostgresSearchBacklogTest() {
    super(ServerDatabase.POSTGRESQL);
  }
}
