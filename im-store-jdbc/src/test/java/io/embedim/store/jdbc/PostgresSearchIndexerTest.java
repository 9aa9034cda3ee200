package io.embedim.store.jdbc;

class PostgresSearchIndexerTest extends SearchIndexerRules {

  PostgresSearchIndexerTest() {
    super(ServerDatabase.POSTGRESQL);
  }
}
