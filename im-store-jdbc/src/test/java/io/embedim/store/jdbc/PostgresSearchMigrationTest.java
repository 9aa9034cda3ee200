package io.embedim.store.jdbc;

class PostgresSearchMigrationTest extends SearchMigrationRules {

  PostgresSearchMigrationTest() {
    super(ServerDatabase.POSTGRESQL);
  }
}
