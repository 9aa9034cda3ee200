package io.embedim.store.jdbc;

import io.embedim.store.jdbc.Dialect.Work;
import java.sql.Connection;
import java.sql.SQLException;

/** How a commit of one H2 database is made durable. */
interface H2Flush {

  /** There is nothing that could be flushed. */
  H2Flush IN_MEMORY =
      new H2Flush() {
        @Override
        public <R> R durably(Connection connection, Work<R> transaction) throws SQLException {
          // What is in memory ends with the process.
          return transaction.run();
        }

        @Override
        public String description() {
          return "in memory";
        }
      };

  /** Runs a transaction with its commit; returns when that is safe. */
  <R> R durably(Connection connection, Work<R> transaction) throws SQLException;

  /** What a commit survives, in a few words for the log. */
  String description();
}
