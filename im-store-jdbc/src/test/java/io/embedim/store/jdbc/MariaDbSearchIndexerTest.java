package io.embedim.store.jdbc;

class MariaDbSearchIndexerTest extends SearchIndexerRules {

  MariaDbSearchIndexerTest() {
    super(ServerDatabase.MARIADB);
  }
}
