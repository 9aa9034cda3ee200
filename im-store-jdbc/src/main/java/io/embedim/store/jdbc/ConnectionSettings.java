package io.embedim.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * The settings of a connection while it is in our hands: READ COMMITTED and the auto-commit mode
 * that we need. Closing rolls an open transaction back and restores what the connection came with.
 */
final class ConnectionSettings implements AutoCloseable {

  private final Connection connection;
  private final boolean formerAutoCommit;
  private final int formerIsolation;

  private ConnectionSettings(Connection connection) throws SQLException {
    this.connection = connection;
    this.formerAutoCommit = connection.getAutoCommit();
    this.formerIsolation = connection.getTransactionIsolation();
  }

  /** For statements that each commit for themselves. */
  static ConnectionSettings ofStatements(Connection connection) throws SQLException {
    return apply(connection, true);
  }

  /** For one transaction, which the caller commits. */
  static ConnectionSettings ofTransaction(Connection connection) throws SQLException {
    return apply(connection, false);
  }

  private static ConnectionSettings apply(Connection connection, boolean autoCommit)
      throws SQLException {
    ConnectionSettings settings = new ConnectionSettings(connection);
    try {
      settings.set(autoCommit, Connection.TRANSACTION_READ_COMMITTED);
      return settings;
    } catch (SQLException e) {
      try {
        settings.close();
      } catch (SQLException closing) {
        e.addSuppressed(closing);
      }
      throw e;
    }
  }

  @Override
  public void close() throws SQLException {
    if (!connection.getAutoCommit()) {
      connection.rollback();
    }
    set(formerAutoCommit, formerIsolation);
  }

  /** Sets only what differs, because setting may be a round trip. */
  private void set(boolean autoCommit, int isolation) throws SQLException {
    if (connection.getTransactionIsolation() != isolation) {
      connection.setTransactionIsolation(isolation);
    }
    if (connection.getAutoCommit() != autoCommit) {
      connection.setAutoCommit(autoCommit);
    }
  }
}
