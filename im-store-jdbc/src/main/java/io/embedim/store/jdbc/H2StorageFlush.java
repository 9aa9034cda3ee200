package io.embedim.store.jdbc;

import io.embedim.store.jdbc.Dialect.Work;
import java.sql.Connection;
import java.sql.SQLException;
import org.h2.engine.Session;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Flushes a database that is open in this process, through its storage engine. Needs no right, and
 * leaves the database's settings alone. The only class that knows the inside of H2.
 */
final class H2StorageFlush implements H2Flush {

  private final MVStore store;
  private final SharedFlush sharedFlush;

  private H2StorageFlush(MVStore store, SharedFlush sharedFlush) {
    this.store = store;
    this.sharedFlush = sharedFlush;
    // Without it some kills under load took messages along that had been forced to the disk before:
    // what was freed is written over, and what is then recovered may be older. The file grows until
    // it is closed in order, which compacts it.
    store.setReuseSpace(false);
  }

  /**
   * Finds the storage engine behind a connection.
   *
   * @return null when the database is not in this process
   * @throws LinkageError when this is an H2 that is built differently
   */
  static @Nullable H2Flush of(Connection connection, SharedFlush sharedFlush) throws SQLException {
    if (!connection.isWrapperFor(JdbcConnection.class)) {
      return null;
    }
    Session session = connection.unwrap(JdbcConnection.class).getSession();
    return session instanceof SessionLocal local
        ? new H2StorageFlush(local.getDatabase().getStore().getMvStore(), sharedFlush)
        : null;
  }

  @Override
  public <R> R durably(Connection connection, Work<R> transaction) throws SQLException {
    return sharedFlush.durably(transaction, this::write, this::force);
  }

  @Override
  public String description() {
    return "commits are forced to the disk";
  }

  private void write() throws SQLException {
    try {
      store.commit();
    } catch (MVStoreException e) {
      throw failure(e);
    }
  }

  private void force() throws SQLException {
    try {
      // The engine's own writer may have been faster and have our commit in its queue; an operation
      // on the file begins when the queue is empty.
      store.executeFilestoreOperation(() -> {});
      store.sync();
    } catch (MVStoreException e) {
      throw failure(e);
    }
  }

  private static SQLException failure(MVStoreException cause) {
    return new SQLException("H2 could not write to its file: " + cause.getMessage(), cause);
  }
}
