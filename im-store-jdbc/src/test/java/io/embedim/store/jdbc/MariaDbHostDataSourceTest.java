package io.embedim.store.jdbc;

import javax.sql.DataSource;

class MariaDbHostDataSourceTest extends HostDataSourceRules {

  @Override
  DataSource empty() {
    ServerDatabase.MARIADB.openEmpty(PREFIX).close();
    return ServerDatabase.MARIADB.dataSource();
  }
}
