package io.embedim.store.jdbc;

import java.sql.SQLException;

class MariaDbSchemaTest extends SchemaRules {

  private static final String NAME = "schema_rules";

  @Override
  CrashDatabase empty() throws Exception {
    return ServerDatabase.MARIADB.fresh(NAME);
  }

  @Override
  CrashDatabase userWhoMay(CrashDatabase owners, String rights) throws SQLException {
    owners.execute(
        "DROP USER IF EXISTS weak@localhost",
        "CREATE USER weak@localhost IDENTIFIED BY 'p'",
        "GRANT " + rights + " ON " + NAME + ".* TO weak@localhost");
    return new CrashDatabase(owners.url(), "weak", "p");
  }

  @Override
  String denial() {
    return "command denied to user 'weak'";
  }
}
