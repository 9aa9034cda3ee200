package io.embedim.store.jdbc;

import io.embedim.spi.store.StoreException;
import io.embedim.store.jdbc.Dialect.Work;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Flushes a database that is open in another process, by SQL. With {@code WRITE_DELAY 0} a commit
 * returns when it is written; {@code CHECKPOINT SYNC} forces it to the disk. Both are for
 * administrators of the database.
 *
 * <p>The setting belongs to the open database, not to its file: it is gone when the last connection
 * was closed.
 */
final class H2ServerFlush implements H2Flush {

  private static final int NO_ADMIN_RIGHTS = 90040;

  private final boolean administrator;
  private final SharedFlush sharedFlush;

  private H2ServerFlush(boolean administrator, SharedFlush sharedFlush) {
    this.administrator = administrator;
    this.sharedFlush = sharedFlush;
  }

  /**
   * Sees to it that commits are written when they return.
   *
   * @throws StoreException when they are not, and the user may not change that
   */
  static H2Flush establish(Connection connection, SharedFlush sharedFlush) throws SQLException {
    boolean delayed = isWriteDelayed(connection);
    try {
      if (delayed) {
        execute(connection, "SET WRITE_DELAY 0");
      }
      execute(connection, "CHECKPOINT SYNC");
      return new H2ServerFlush(true, sharedFlush);
    } catch (SQLException e) {
      if (e.getErrorCode() != NO_ADMIN_RIGHTS) {
        throw e;
      }
      if (delayed) {
        throw new StoreException(
            "the H2 server writes commits late, so that messages which were acknowledged could be"
                + " lost, and the user may not change that: add ;WRITE_DELAY=0 to the URL with"
                + " which an administrator opens the database, or connect as one",
            e);
      }
      return new H2ServerFlush(false, sharedFlush);
    }
  }

  @Override
  public <R> R durably(Connection connection, Work<R> transaction) throws SQLException {
    return administrator
        ? sharedFlush.durably(transaction, () -> execute(connection, "CHECKPOINT SYNC"), () -> {})
        : transaction.run();
  }

  @Override
  public String description() {
    return administrator
        ? "commits are forced to the disk"
        : "commits survive the server's process, but not its machine: the user is no administrator";
  }

  /**
   * Two rows may bear the name: the value of now, and one that was stored with the database and has
   * no effect.
   */
  private static boolean isWriteDelayed(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT COALESCE(MAX(CAST(setting_value AS INTEGER)), 1) > 0"
                    + " FROM INFORMATION_SCHEMA.SETTINGS WHERE setting_name = 'WRITE_DELAY'")) {
      return result.next() && result.getBoolean(1);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
