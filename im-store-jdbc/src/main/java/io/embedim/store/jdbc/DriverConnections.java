package io.embedim.store.jdbc;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens connections for our pool. The pool by itself asks a database that is away less and less
 * often, in the end every 5 seconds, and would notice its return as late. So here it is asked five
 * times a second until it answers, and the log says why it does not.
 */
final class DriverConnections implements DataSource {

  private static final Logger log = LoggerFactory.getLogger(DriverConnections.class);

  private static final Duration PAUSE = Duration.ofMillis(200);

  /** After so many failures the log says it again: about every ten seconds. */
  private static final int ATTEMPTS_PER_WARNING = 50;

  private final String url;
  private final Properties properties = new Properties();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean persistent;

  DriverConnections(String url, String user, String password) {
    this.url = url;
    settings(url)
        .forEach(
            (name, value) -> {
              if (!url.contains(name)) {
                properties.setProperty(name, value);
              }
            });
    if (!user.isEmpty()) {
      properties.setProperty("user", user);
    }
    if (!password.isEmpty()) {
      properties.setProperty("password", password);
    }
  }

  /**
   * What a URL need not say: a batch of rows is one statement, and a server that does not answer is
   * given up. In the units of each driver: PostgreSQL's counts seconds, the others milliseconds.
   */
  private static Map<String, String> settings(String url) {
    if (url.startsWith("jdbc:postgresql:")) {
      return Map.of("reWriteBatchedInserts", "true", "connectTimeout", "2", "tcpKeepAlive", "true");
    }
    if (url.startsWith("jdbc:mariadb:")) {
      return Map.of("useBulkStmts", "true", "connectTimeout", "2000");
    }
    if (url.startsWith("jdbc:mysql:")) {
      return Map.of("rewriteBatchedStatements", "true", "connectTimeout", "2000");
    }
    return Map.of();
  }

  /** From now on a failure is no reason to give up. */
  void persist() {
    persistent = true;
  }

  /** From now on nothing is tried again, and no connection handed out. */
  void close() {
    closed.countDown();
  }

  @Override
  public Connection getConnection() throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try {
        return unlessClosed(DriverManager.getConnection(url, properties));
      } catch (SQLException e) {
        if (!persistent || closed.getCount() == 0) {
          throw e;
        }
        if (attempt % ATTEMPTS_PER_WARNING == 1) {
          log.warn(
              "no connection to {} is to be had, it is tried again",
              DatabaseAddress.withoutSecrets(url),
              e);
        }
        if (isClosedAfterPause()) {
          throw e;
        }
      }
    }
  }

  /** The pool forgets what comes when it is closed already. */
  private Connection unlessClosed(Connection connection) throws SQLException {
    if (closed.getCount() == 0) {
      connection.close();
      throw new SQLException("the pool was closed while it connected");
    }
    return connection;
  }

  private boolean isClosedAfterPause() {
    try {
      return closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("there is one user");
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter writer) throws SQLException {
    throw new SQLFeatureNotSupportedException("there is no such log");
  }

  @Override
  public void setLoginTimeout(int seconds) {
    // The URL and the settings above say how long a login may take.
  }

  /** So many seconds the pool, when it is closed, waits for those who are just connecting. */
  @Override
  public int getLoginTimeout() {
    return 2;
  }

  @Override
  public java.util.logging.Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("nothing is logged here");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLFeatureNotSupportedException("there is nothing inside");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
