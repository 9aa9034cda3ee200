package io.embedim.store.jdbc;

import javax.sql.DataSource;

class PostgresHostDataSourceTest extends HostDataSourceRules {

  @Override
  DataSource empty() {
    ServerDatabase.POSTGRESQL.openEmpty(PREFIX).close();
    return ServerDatabase.POSTGRESQL.dataSource();
  }
}
