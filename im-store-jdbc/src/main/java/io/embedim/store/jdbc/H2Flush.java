package io.embedim.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** How a commit of one H2 database is made durable. */
interface H2Flush {

  /** There is nothing that could be flushed. */
  H2Flush IN_MEMORY =
      new H2Flush() {
        @Override
        public void flush(Connection connection) {
          // What is in memory ends with the process.
        }

        @Override
        public String description() {
          return "in memory";
        }
      };

  /** Writes what was committed so far; returns when it is safe. */
  void flush(Connection connection) throws SQLException;

  /** What a commit survives, in a few words for the log. */
  String description();
}
