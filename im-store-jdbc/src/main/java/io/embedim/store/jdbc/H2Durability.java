package io.embedim.store.jdbc;

import io.embedim.spi.store.StoreException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Makes a commit of H2 survive the end of the process, and of the machine.
 *
 * <p>H2 writes commits to its file in the background, 500 ms late by default, so that what was
 * acknowledged would be lost with the process. With {@code WRITE_DELAY 0} a commit returns when it
 * is written; {@code CHECKPOINT SYNC} forces it to the disk. The setting belongs to the open
 * database, not to its file: it is gone when the last connection was closed. Therefore it is
 * checked on each connection that we see for the first time. Both statements are for administrators
 * of the database.
 */
final class H2Durability {

  private static final int NO_ADMIN_RIGHTS = 90040;

  private final SharedFlush sharedFlush = new SharedFlush();

  /** The connections of the driver that were checked; weak, because pools throw them away. */
  private final Map<Connection, Level> checked = Collections.synchronizedMap(new WeakHashMap<>());

  /** What a commit survives. */
  enum Level {
    /** There is no file. */
    NOTHING("in memory"),
    PROCESS("commits survive the process, not the machine, because the user is no administrator"),
    MACHINE("commits are forced to the disk");

    private final String description;

    Level(String description) {
      this.description = description;
    }

    String description() {
      return description;
    }
  }

  /** Sees to it that commits on this connection are written when they return. */
  Level ensure(Connection connection) throws SQLException {
    Connection physical = connection.unwrap(Connection.class);
    Level known = checked.get(physical);
    if (known != null) {
      return known;
    }
    Level level = establish(connection);
    checked.put(physical, level);
    return level;
  }

  void flush(Connection connection) throws SQLException {
    if (ensure(connection) == Level.MACHINE) {
      sharedFlush.flush(() -> execute(connection, "CHECKPOINT SYNC"));
    }
  }

  private static Level establish(Connection connection) throws SQLException {
    if (ask(connection, "SELECT DATABASE_PATH() IS NULL")) {
      return Level.NOTHING;
    }
    boolean delayed = isWriteDelayed(connection);
    try {
      if (delayed) {
        execute(connection, "SET WRITE_DELAY 0");
      }
      execute(connection, "CHECKPOINT SYNC");
      return Level.MACHINE;
    } catch (SQLException e) {
      if (e.getErrorCode() != NO_ADMIN_RIGHTS) {
        throw e;
      }
      if (delayed) {
        throw new StoreException(
            "the H2 database writes commits late, so that messages which were acknowledged could be"
                + " lost, and the user may not change that: add ;WRITE_DELAY=0 to its URL, or"
                + " connect as an administrator of the database",
            e);
      }
      return Level.PROCESS;
    }
  }

  /**
   * Two rows may bear the name: the value of now, and one that was stored with the database and has
   * no effect.
   */
  private static boolean isWriteDelayed(Connection connection) throws SQLException {
    return ask(
        connection,
        "SELECT COALESCE(MAX(CAST(setting_value AS INTEGER)), 1) > 0"
            + " FROM INFORMATION_SCHEMA.SETTINGS WHERE setting_name = 'WRITE_DELAY'");
  }

  private static boolean ask(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return result.next() && result.getBoolean(1);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
