package io.embedim.examples.server;

import static io.embedim.examples.server.config.ServerSettings.DATA_DIR;
import static io.embedim.examples.server.config.ServerSettings.DATA_PLACEHOLDER;
import static io.embedim.examples.server.config.ServerSettings.MEMORY;
import static io.embedim.examples.server.config.ServerSettings.STORAGE_CONNECTIONS;
import static io.embedim.examples.server.config.ServerSettings.STORAGE_PASSWORD;
import static io.embedim.examples.server.config.ServerSettings.STORAGE_SCHEMA;
import static io.embedim.examples.server.config.ServerSettings.STORAGE_TABLE_PREFIX;
import static io.embedim.examples.server.config.ServerSettings.STORAGE_URL;
import static io.embedim.examples.server.config.ServerSettings.STORAGE_USER;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.embedim.core.ImSettings;
import io.embedim.core.memory.MemoryStores;
import io.embedim.examples.server.account.AccountTable;
import io.embedim.examples.server.config.Configuration;
import io.embedim.examples.server.config.ServerSettings.SchemaHandling;
import io.embedim.spi.store.ImStores;
import io.embedim.spi.store.StoreException;
import io.embedim.store.jdbc.JdbcStores;
import io.embedim.store.jdbc.SchemaMode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database: one pool for the engine's tables and the accounts. With {@code memory} the engine's
 * stores need none, and the accounts lie in a database in memory.
 */
final class Storage implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Storage.class);

  /** How long a request waits for a connection; the client is told to try again after that. */
  private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(5);

  private static final int VALIDATION_SECONDS = 2;

  /** H2's error for a file that another process has open. */
  private static final int H2_IN_USE = 90_020;

  private final Configuration configuration;
  private final HikariDataSource pool;

  private Storage(Configuration configuration, HikariDataSource pool) {
    this.configuration = configuration;
    this.pool = pool;
  }

  /** Connects. */
  static Storage open(Configuration configuration) throws StartException {
    HikariConfig config = new HikariConfig();
    config.setPoolName("im-storage");
    config.setJdbcUrl(url(configuration));
    if (!isMemory(configuration)) {
      config.setUsername(configuration.get(STORAGE_USER));
      config.setPassword(configuration.get(STORAGE_PASSWORD));
    }
    config.setMaximumPoolSize(configuration.get(STORAGE_CONNECTIONS));
    config.setMinimumIdle(Math.min(2, configuration.get(STORAGE_CONNECTIONS)));
    config.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
    try {
      return new Storage(configuration, new HikariDataSource(config));
    } catch (RuntimeException e) {
      throw new StartException("the database of storage.url cannot be used: " + reason(e), e);
    }
  }

  private static boolean isMemory(Configuration configuration) {
    return configuration.get(STORAGE_URL).equals(MEMORY);
  }

  private static String url(Configuration configuration) {
    if (isMemory(configuration)) {
      return "jdbc:h2:mem:" + UUID.randomUUID();
    }
    // H2 wants a path that begins with a dot, a slash or a drive.
    String data = Path.of(configuration.get(DATA_DIR)).toAbsolutePath().normalize().toString();
    return configuration.get(STORAGE_URL).replace(DATA_PLACEHOLDER, data);
  }

  private static String reason(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return sql.getErrorCode() == H2_IN_USE
            ? "another process has it open, perhaps a second server with the same data_dir"
            : String.valueOf(sql.getMessage());
      }
    }
    return String.valueOf(failure.getMessage());
  }

  /** The engine's stores, with tables that fit. */
  ImStores stores(ImSettings engine) throws StartException {
    if (isMemory(configuration)) {
      return MemoryStores.create();
    }
    try {
      return JdbcStores.builder()
          .dataSource(pool)
          .tablePrefix(configuration.get(STORAGE_TABLE_PREFIX))
          .schemaMode(SchemaMode.valueOf(configuration.get(STORAGE_SCHEMA).name()))
          .readConnections(readers(engine))
          .build();
    } catch (StoreException e) {
      throw new StartException("the database of storage.url cannot be used: " + e.getMessage(), e);
    }
  }

  /** What is left by a connection for each lane and one for accounts. */
  private int readers(ImSettings engine) {
    return Math.max(1, configuration.get(STORAGE_CONNECTIONS) - engine.lanes() - 1);
  }

  /** The table of accounts, made unless somebody else makes tables. */
  AccountTable accounts() throws StartException {
    AccountTable table = new AccountTable(pool, configuration.get(STORAGE_TABLE_PREFIX));
    try {
      if (isMemory(configuration) || configuration.get(STORAGE_SCHEMA) == SchemaHandling.MIGRATE) {
        table.create();
      }
      return table;
    } catch (SQLException e) {
      throw new StartException("the table of accounts cannot be made: " + e.getMessage(), e);
    }
  }

  /** Whether the database answers. */
  boolean isGood() {
    try (Connection connection = pool.getConnection()) {
      return connection.isValid(VALIDATION_SECONDS);
    } catch (SQLException e) {
      log.warn("The database does not answer", e);
      return false;
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
