package io.embedim.store.jdbc;

class MariaDbSearchWriterTest extends SearchWriterRules {

  MariaDbSearchWriterTest() {
    super(ServerDatabase.MARIADB);
  }
}
