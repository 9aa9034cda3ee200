package io.embedim.store.jdbc;

class MariaDbSearchBacklogTest extends SearchBacklogRules {

  MariaDbSearchBacklogTest() {
    super(ServerDatabase.MARIADB);
  }
}
