package io.embedim.store.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** PostgreSQL with a hot standby, by streaming. */
final class PostgresPair implements ServerPair {

  private final Path folder;
  private final int primaryPort = ServerPair.freePort();
  private final int replicaPort = ServerPair.freePort();
  private @Nullable EmbeddedPostgres primary;
  private @Nullable EmbeddedPostgres replica;

  /** Puts the data of both into an empty folder. */
  PostgresPair(Path folder) throws IOException {
    this.folder = folder;
    server("primary", primaryPort).close();
    ServerPair.copy(folder.resolve("primary"), folder.resolve("replica"));
    Files.createFile(folder.resolve("replica/standby.signal"));
    Files.writeString(
        folder.resolve("replica/postgresql.auto.conf"),
        "primary_conninfo = 'host=127.0.0.1 port="
            + primaryPort
            + " user=postgres'\nwal_retrieve_retry_interval = 100\n",
        StandardOpenOption.APPEND);
  }

  @Override
  public void start() throws Exception {
    primary = server("primary", primaryPort);
    startReplica();
    awaitReplica();
  }

  @Override
  public String primaryUrl() {
    return url(primaryPort);
  }

  @Override
  public String replicaUrl() {
    return url(replicaPort);
  }

  @Override
  public void holdReplica() throws SQLException {
    ServerPair.execute(replicaUrl(), "SELECT pg_wal_replay_pause()");
  }

  @Override
  public void releaseReplica() throws SQLException {
    ServerPair.execute(replicaUrl(), "SELECT pg_wal_replay_resume()");
  }

  @Override
  public void awaitReplica() throws SQLException {
    String end = ServerPair.execute(primaryUrl(), "SELECT pg_current_wal_flush_lsn()");
    String reached = "SELECT pg_last_wal_replay_lsn() >= '" + end + "'";
    long patience = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (!ServerPair.execute(replicaUrl(), reached).equals("t")) {
      if (System.nanoTime() > patience) {
        throw new SQLException("the replica does not reach " + end);
      }
    }
  }

  @Override
  public void killReplica() throws IOException {
    Path pidFile = folder.resolve("replica/postmaster.pid");
    // What was started is not the server, but what it was started with.
    ProcessHandle server =
        ProcessHandle.of(Long.parseLong(Files.readAllLines(pidFile).get(0)))
            .orElseThrow(() -> new IOException("the replica has ended"));
    List<ProcessHandle> all = new ArrayList<>(List.of(server));
    try (Stream<ProcessHandle> descendants = server.descendants()) {
      descendants.forEach(all::add);
    }
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(one -> one.onExit().join());
    Files.delete(pidFile);
    close(replica);
    replica = null;
  }

  @Override
  public void startReplica() throws IOException {
    replica = server("replica", replicaPort);
  }

  @Override
  public void close() throws IOException {
    close(replica);
    close(primary);
  }

  private static void close(@Nullable EmbeddedPostgres server) throws IOException {
    if (server != null) {
      server.close();
    }
  }

  private EmbeddedPostgres server(String name, int port) throws IOException {
    ProcessBuilder.Redirect log =
        ProcessBuilder.Redirect.appendTo(folder.resolve(name + ".log").toFile());
    return EmbeddedPostgres.builder()
        .setDataDirectory(folder.resolve(name))
        .setCleanDataDirectory(false)
        .setRegisterShutdownHook(false)
        .setPort(port)
        // What is not flushed is not streamed either.
        .setServerConfig("synchronous_commit", "on")
        .setOutputRedirector(log)
        .setErrorRedirector(log)
        .start();
  }

  private static String url(int port) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
  }
}
