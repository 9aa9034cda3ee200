package io.embedim.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** Writes many rows with one statement. */
final class Rows {

  private Rows() {}

  /** Puts a row's values into the statement. */
  @FunctionalInterface
  interface Binder<T> {
    void bind(PreparedStatement statement, T row) throws SQLException;
  }

  /** Runs the statement for all rows in one round trip; without rows nothing happens. */
  static <T> void write(
      Connection connection, String sql, Collection<? extends T> rows, Binder<T> binder)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (T row : rows) {
        binder.bind(statement, row);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  /**
   * Runs a statement on a key table {@code k}, as {@link Dialect#update} gives it, for all rows;
   * without rows nothing happens.
   */
  static void update(Handle handle, Dialect dialect, String sql, Keys keys) {
    if (keys.isEmpty()) {
      return;
    }
    try (Update update = handle.createUpdate(sql)) {
      dialect.bindKeys(update, "k", keys);
      update.execute();
    }
  }
}
