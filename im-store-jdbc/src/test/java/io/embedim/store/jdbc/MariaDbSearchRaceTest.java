package io.embedim.store.jdbc;

class MariaDbSearchRaceTest extends SearchRaceRules {

  MariaDbSearchRaceTest() {
    super(ServerDatabase.MARIADB);
  }
}
