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

  /** How long a caller waits for a connection before she is told that the database is away. */
  private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(5);

  private static final int SIZE = 10;

  private final HikariDataSource pool;

  private OwnedPool(HikariDataSource pool) {
    this.pool = pool;
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
    config.setJdbcUrl(url);
    config.setUsername(user);
    config.setPassword(password);
    config.setMaximumPoolSize(SIZE);
    config.setAutoCommit(true);
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    config.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
    config.setExceptionOverride(new LostConnections());
    try {
      return new OwnedPool(new HikariDataSource(config));
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
    pool.close();
  }
}
