package io.embedim.store.jdbc;

import io.embedim.store.jdbc.SqlFailures.SqlCheck;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * Locks the row of version 0 in the table of history. A transaction of its own holds the lock,
 * because the statements that create and change tables end the transaction that they run in; hence
 * two connections at once.
 */
final class RowMigrationLock implements MigrationLock {

  /** How long another process may take to migrate before we give up. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final SqlCheck isConflict;

  RowMigrationLock(SqlCheck isConflict) {
    this.isConflict = isConflict;
  }

  @Override
  public void whileHolding(DataSource dataSource, String history, MigrationWork work)
      throws SQLException {
    try (Connection holder = dataSource.getConnection();
        ConnectionSettings holding = ConnectionSettings.ofTransaction(holder, false)) {
      lock(holder, history);
      try (Connection worker = second(dataSource);
          ConnectionSettings working = ConnectionSettings.ofStatements(worker, false)) {
        work.run(worker);
      }
    }
  }

  private static Connection second(DataSource dataSource) throws SQLException {
    try {
      return dataSource.getConnection();
    } catch (SQLException e) {
      throw new SQLException(
          "no second connection is to be had, which is needed while there is something to migrate: "
              + SqlFailures.reason(e),
          e.getSQLState(),
          e);
    }
  }

  private void lock(Connection connection, String history) throws SQLException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try (PreparedStatement statement =
          connection.prepareStatement(
              "SELECT version FROM " + history + " WHERE version = 0 FOR UPDATE")) {
        if (!statement.executeQuery().next()) {
          throw new SchemaException("the table " + history + " has lost its row of version 0");
        }
        return;
      } catch (SQLException e) {
        connection.rollback();
        if (!isConflict.test(e)) {
          throw e;
        }
        if (System.nanoTime() - deadline > 0) {
          throw new SchemaException(
              "another process has been holding the lock on "
                  + history
                  + " for "
                  + PATIENCE.toMinutes()
                  + " minutes: wait until it has migrated, or end it",
              e);
        }
      }
    }
  }
}
