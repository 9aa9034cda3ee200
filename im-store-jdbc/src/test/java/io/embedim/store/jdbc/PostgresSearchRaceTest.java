package io.embedim.store.jdbc;

class PostgresSearchRaceTest extends SearchRaceRules {

  PostgresSearchRaceTest() {
    super(ServerDatabase.POSTGRESQL);
  }
}
