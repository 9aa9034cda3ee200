package io.embedim.store.jdbc;

import java.sql.SQLException;

class H2SchemaTest extends SchemaRules {

  @Override
  CrashDatabase empty() {
    return new CrashDatabase(TestDatabase.inMemory(), "sa", "");
  }

  @Override
  CrashDatabase userWhoMay(CrashDatabase owners, String rights) throws SQLException {
    owners.execute(
        "CREATE USER weak PASSWORD 'p'", "GRANT " + rights + " ON SCHEMA PUBLIC TO weak");
    return new CrashDatabase(owners.url(), "weak", "p");
  }

  @Override
  String denial() {
    return "Not enough rights";
  }
}
