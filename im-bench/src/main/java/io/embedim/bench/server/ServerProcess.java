package io.embedim.bench.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A measured server in a process of its own. Used by one thread. */
public final class ServerProcess implements AutoCloseable {

  private static final Duration FAREWELL = Duration.ofSeconds(30);

  private final Process process;
  private final BufferedReader output;
  private final OutputStream input;
  private final int port;
  private final long database;

  private ServerProcess(Process process) throws IOException {
    this.process = process;
    output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    input = process.getOutputStream();
    port = Integer.parseInt(answer());
    database = Long.parseLong(answer());
  }

  /**
   * Starts a server and waits until it listens.
   *
   * @param options for its JVM
   */
  public static ServerProcess start(ServerKind kind, Cores cores, String... options)
      throws IOException {
    List<String> command = new ArrayList<>(cores.serverPrefix());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), ServerMain.class.getName()));
    command.add(kind.name());
    return new ServerProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  public int port() {
    return port;
  }

  /** CPU time of the server's process so far. */
  public Duration cpu() {
    return Cpu.of(process.toHandle());
  }

  /** CPU time of the database server behind it, with all of its processes; zero without one. */
  public Duration databaseCpu() {
    return database == 0 ? Duration.ZERO : Cpu.ofTree(database);
  }

  /** What is reachable in its heap after a full collection, in bytes. */
  public long liveBytes() throws IOException {
    input.write('\n');
    input.flush();
    return Long.parseLong(answer());
  }

  private String answer() throws IOException {
    String line = output.readLine();
    if (line == null) {
      throw new IOException("the server's process ended, see its messages above");
    }
    return line;
  }

  @Override
  public void close() throws IOException {
    input.close();
    try {
      if (!process.waitFor(FAREWELL.toSeconds(), TimeUnit.SECONDS)) {
        throw new IOException("the server's process " + process.pid() + " does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
  }
}
