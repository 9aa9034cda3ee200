package io.embedim.store.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;

/** Says for the log which database this is. */
final class DatabaseDescription {

  private DatabaseDescription() {}

  /** The product, the address without secrets, the tables, and what survives what. */
  static String of(Connection connection, Dialect dialect, Tables tables) throws SQLException {
    DatabaseMetaData metaData = connection.getMetaData();
    String url = metaData.getURL();
    return "JDBC: "
        + metaData.getDatabaseProductName()
        + ' '
        + metaData.getDatabaseProductVersion()
        + (url == null ? "" : " at " + DatabaseAddress.withoutSecrets(url))
        + ", tables "
        + (tables.schema() == null ? "" : tables.schema() + '.')
        + tables.prefix()
        + "*, "
        + dialect.durability(connection);
  }
}
