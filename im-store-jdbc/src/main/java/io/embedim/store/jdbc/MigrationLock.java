package io.embedim.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Keeps two processes that start at once from changing the tables at once. */
interface MigrationLock {

  /**
   * Waits for the lock, does the work on a connection of its own in auto-commit mode, and releases
   * the lock, also when the process dies in the middle.
   *
   * @param history the name of the table of history, which exists and has its row of version 0
   */
  void whileHolding(DataSource dataSource, String history, MigrationWork work) throws SQLException;

  /** What is done under the lock. */
  @FunctionalInterface
  interface MigrationWork {
    void run(Connection connection) throws SQLException;
  }
}
