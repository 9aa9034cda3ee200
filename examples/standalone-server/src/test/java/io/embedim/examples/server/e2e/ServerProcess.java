package io.embedim.examples.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The server as a process of its own. */
final class ServerProcess implements AutoCloseable {

  /** What a process ends with that SIGKILL took down. */
  private static final int KILLED = 128 + 9;

  private final Process process;
  private final ServerApi api;
  private final Path log;

  private ServerProcess(Process process, ServerApi api, Path log) {
    this.process = process;
    this.api = api;
    this.log = log;
  }

  /**
   * Returns when the server is healthy.
   *
   * @param log what it prints is added to this file
   */
  static ServerProcess start(ProcessBuilder builder, int port, Path log) {
    try {
      Process process =
          builder.redirectErrorStream(true).redirectOutput(Redirect.appendTo(log.toFile())).start();
      ServerProcess server = new ServerProcess(process, new ServerApi(port), log);
      server.awaitHealth();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("the server cannot be started: " + builder.command(), e);
    }
  }

  private void awaitHealth() {
    try {
      Eventually.until("the server answers", () -> !process.isAlive() || api.isHealthy());
      if (!process.isAlive()) {
        throw new AssertionError("the server ended with " + process.exitValue());
      }
    } catch (AssertionError e) {
      process.destroyForcibly();
      throw new AssertionError(e.getMessage() + ", having printed:\n" + printed(), e);
    }
  }

  ServerApi api() {
    return api;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Everything that the server has printed, earlier runs in the same directory included. */
  String printed() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException("the server's log cannot be read", e);
    }
  }

  /** Ends it without a warning, as when the machine's memory runs out: SIGKILL. */
  void kill() {
    process.destroyForcibly();
    assertThat(awaitEnd()).isEqualTo(KILLED);
  }

  /** Asks it to stop, with SIGTERM, and gives the status that it ended with. */
  int stop() {
    process.destroy();
    return awaitEnd();
  }

  private int awaitEnd() {
    try {
      if (!process.waitFor(Eventually.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("the server does not stop, having printed:\n" + printed());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the server stops", e);
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      stop();
    }
  }
}
