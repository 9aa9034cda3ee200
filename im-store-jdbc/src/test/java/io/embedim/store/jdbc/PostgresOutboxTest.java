package io.embedim.store.jdbc;

import javax.sql.DataSource;

class PostgresOutboxTest extends OutboxRules {

  @Override
  DataSource empty() {
    ServerDatabase.POSTGRESQL.openEmpty(PREFIX).close();
    return ServerDatabase.POSTGRESQL.dataSource();
  }
}
