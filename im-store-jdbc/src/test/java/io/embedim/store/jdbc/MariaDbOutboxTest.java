package io.embedim.store.jdbc;

import javax.sql.DataSource;

class MariaDbOutboxTest extends OutboxRules {

  @Override
  DataSource empty() {
    ServerDatabase.MARIADB.openEmpty(PREFIX).close();
    return ServerDatabase.MARIADB.dataSource();
  }
}
