package io.embedim.store.jdbc;

import java.sql.SQLException;

class PostgresSchemaTest extends SchemaRules {

  @Override
  CrashDatabase empty() throws Exception {
    return ServerDatabase.POSTGRESQL.fresh("schema_rules");
  }

  /** Roles are the server's; what they may do went with the database of the test before. */
  @Override
  CrashDatabase userWhoMay(CrashDatabase owners, String rights) throws SQLException {
    owners.execute(
        "DROP ROLE IF EXISTS weak",
        "CREATE ROLE weak LOGIN PASSWORD 'p'",
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        "GRANT " + rights + " ON ALL TABLES IN SCHEMA public TO weak",
        "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO weak");
    return new CrashDatabase(owners.url(), "weak", "p");
  }

  @Override
  String denial() {
    return "permission denied for";
  }
}
