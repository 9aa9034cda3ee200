package io.embedim.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.embedim.spi.store.StoreException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/** The pool that we make ourselves for a URL. Nothing else touches HikariCP. */
final class OwnedPool implements AutoCloseable {

  /**
   * How long a caller waits for a connection before she is told that the database is away. Short: a
   * lane asks three times before it tells its senders, who shall know within 10 seconds.
   */
  private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(2);

  /** How long a connection may take to say that it is alive. */
  private static final Duration VALIDATION_TIMEOUT = Duration.ofSeconds(1);

  private static final int SIZE = 11;

  private final HikariDataSource pool;
  private final DriverConnections connections;

  private OwnedPool(HikariDataSource pool, DriverConnections connections) {
    this.pool = pool;
    this.connections = connections;
  }

  /**
   * Opens a pool, and a first connection at once.
   *
   * @throws StoreException when there is no driver for the URL, or no connection to be had
   */
  static OwnedPool open(String url, String user, String password) {
    try {
      DriverManager.getDriver(url);
    } catch (SQLException e) {
      throw new StoreException(
          "no JDBC driver on the class path takes the URL "
              + DatabaseAddress.withoutSecrets(url)
              + ": add the database's driver, or correct the URL",
          e);
    }
    HikariConfig config = new HikariConfig();
    config.setPoolName("embedim");
    DriverConnections connections = new DriverConnections(url, user, password);
    config.setDataSource(connections);
    config.setMaximumPoolSize(SIZE);
    config.setAutoCommit(true);
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    config.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
    config.setValidationTimeout(VALIDATION_TIMEOUT.toMillis());
    config.setExceptionOverride(new LostConnections());
    try {
      HikariDataSource pool = new HikariDataSource(config);
      connections.persist();
      return new OwnedPool(pool, connections);
    } catch (RuntimeException e) {
      throw new StoreException(
          "cannot connect to " + DatabaseAddress.withoutSecrets(url) + ": " + SqlFailures.reason(e),
          e);
    }
  }

  DataSource dataSource() {
    return pool;
  }

  @Override
  public void close() {
    connections.close();
    pool.close();
  }
}
