package io.embedim.store.jdbc;

import javax.sql.DataSource;

class H2HostDataSourceTest extends HostDataSourceRules {

  @Override
  DataSource empty() {
    return TestDatabase.dataSource(TestDatabase.lastingInMemory());
  }
}
