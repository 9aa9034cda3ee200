package io.embedim.store.jdbc;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A database server and another one that replicates it, for the speed of tests without forcing
 * anything to the disk. The second one lags when a test wants it.
 */
interface ServerPair extends AutoCloseable {

  /** Starts both, and returns when the replica follows. */
  void start() throws Exception;

  String primaryUrl();

  String replicaUrl();

  /** From now on the replica receives what is committed but shows nothing of it. */
  void holdReplica() throws SQLException;

  void releaseReplica() throws SQLException;

  /** Waits until a replica that is not held shows all that was committed so far. */
  void awaitReplica() throws SQLException;

  /** Kills the replica's process, and returns when it is gone. */
  void killReplica() throws Exception;

  /** Starts the replica again, and returns when it takes connections. */
  void startReplica() throws Exception;

  @Override
  void close() throws Exception;

  /** A pool as a host would set it up for a server that may be away. */
  static HikariDataSource pool(String url) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(12);
    config.setConnectionTimeout(2_000);
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }

  /** Runs statements, and returns the first column of the last one's first row, if it has any. */
  static String execute(String url, String... statements) throws SQLException {
    String value = "";
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        if (statement.execute(sql)) {
          try (ResultSet result = statement.getResultSet()) {
            value = result.next() ? result.getString(1) : "";
          }
        }
      }
    }
    return value;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Copies a folder with all that is in it, and their permissions. */
  static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(folder, to.resolve(from.relativize(folder)), COPY_ATTRIBUTES);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(file, to.resolve(from.relativize(file)), COPY_ATTRIBUTES);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
