package io.embedim.store.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Finds out what went wrong behind the wrappings of drivers and libraries. */
final class SqlFailures {

  private SqlFailures() {}

  /** A question about a failure. */
  @FunctionalInterface
  interface SqlCheck {
    boolean test(SQLException failure);
  }

  /**
   * Whether the check holds for the failure, for a cause of it, or for one of a failed batch that
   * it stands for.
   */
  static boolean any(Throwable failure, SqlCheck check) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException first) {
        for (@Nullable SQLException sql = first; sql != null; sql = sql.getNextException()) {
          if (check.test(sql)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** The database's own words, as far as there are any. */
  static String reason(Throwable failure) {
    Throwable deepest = failure;
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      deepest = cause;
      if (cause instanceof SQLException) {
        break;
      }
    }
    String message = deepest.getMessage();
    String text = message == null ? deepest.getClass().getName() : message;
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }
}
