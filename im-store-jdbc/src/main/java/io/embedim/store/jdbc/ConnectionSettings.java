package io.embedim.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * The settings of a connection while it is in our hands: the isolation of READ COMMITTED and the
 * auto-commit mode that we need. Closing rolls an open transaction back and restores what the
 * connection came with.
 *
 * <p>Asking for the isolation level, setting something and rolling back may each be a round trip,
 * so none of it happens without need.
 */
final class ConnectionSettings implements AutoCloseable {

  private static final int ISOLATION = Connection.TRANSACTION_READ_COMMITTED;

  private final Connection connection;
  private final boolean formerAutoCommit;
  private final int formerIsolation;
  private boolean otherIsolation;
  private boolean committed;

  private ConnectionSettings(Connection connection, boolean asIsolated) throws SQLException {
    this.connection = connection;
    this.formerAutoCommit = connection.getAutoCommit();
    this.formerIsolation = asIsolated ? ISOLATION : connection.getTransactionIsolation();
  }

  /**
   * For statements that each commit for themselves. At the levels above READ COMMITTED, too, such a
   * statement sees what was committed when it began, so these are left as they are.
   *
   * @param asIsolated whether the isolation level of the connection will do as it is
   */
  static ConnectionSettings ofStatements(Connection connection, boolean asIsolated)
      throws SQLException {
    return apply(connection, asIsolated, true);
  }

  /**
   * For one transaction, which {@link #commit} ends.
   *
   * @param asIsolated whether the isolation level of the connection will do as it is
   */
  static ConnectionSettings ofTransaction(Connection connection, boolean asIsolated)
      throws SQLException {
    return apply(connection, asIsolated, false);
  }

  private static ConnectionSettings apply(
      Connection connection, boolean asIsolated, boolean autoCommit) throws SQLException {
    ConnectionSettings settings = new ConnectionSettings(connection, asIsolated);
    try {
      int isolation = settings.formerIsolation;
      settings.otherIsolation = autoCommit ? isolation < ISOLATION : isolation != ISOLATION;
      if (settings.otherIsolation) {
        connection.setTransactionIsolation(ISOLATION);
      }
      settings.autoCommit(autoCommit);
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

  /** Whether the connection came with READ COMMITTED, or was said to. */
  boolean cameReadCommitted() {
    return formerIsolation == ISOLATION;
  }

  /** Commits the transaction; nothing may be changed after it. */
  void commit() throws SQLException {
    connection.commit();
    committed = true;
  }

  @Override
  public void close() throws SQLException {
    if (!committed && !connection.getAutoCommit()) {
      connection.rollback();
    }
    if (otherIsolation) {
      connection.setTransactionIsolation(formerIsolation);
    }
    autoCommit(formerAutoCommit);
  }

  private void autoCommit(boolean autoCommit) throws SQLException {
    if (connection.getAutoCommit() != autoCommit) {
      connection.setAutoCommit(autoCommit);
    }
  }
}
