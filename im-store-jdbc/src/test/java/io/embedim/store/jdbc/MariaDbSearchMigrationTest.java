package io.embedim.store.jdbc;

class MariaDbSearchMigrationTest extends SearchMigrationRules {

  MariaDbSearchMigrationTest() {
    super(ServerDatabase.MARIADB);
  }
}
