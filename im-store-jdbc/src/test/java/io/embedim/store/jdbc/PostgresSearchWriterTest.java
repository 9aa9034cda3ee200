package io.embedim.store.jdbc;

class PostgresSearchWriterTest extends SearchWriterRules {

  PostgresSearchWriterTest() {
    super(ServerDatabase.POSTGRESQL);
  }
}
