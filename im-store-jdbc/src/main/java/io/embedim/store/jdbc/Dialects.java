package io.embedim.store.jdbc;

import io.embedim.spi.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;

/** Finds the dialect that a database speaks. */
final class Dialects {

  private Dialects() {}

  /**
   * Asks the driver which product it is connected to.
   *
   * @throws StoreException when it is one that we do not know
   */
  static Dialect of(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    return switch (product) {
      case "H2" -> new H2Dialect();
      case "MariaDB", "MySQL" -> new MySqlDialect(product);
      case "PostgreSQL" -> new PostgresDialect();
      default ->
          throw new StoreException(
              "the database calls itself \""
                  + product
                  + "\"; supported are: H2, MariaDB, MySQL, PostgreSQL");
    };
  }
}
