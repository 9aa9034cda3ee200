package io.embedim.bench.server;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Keeps servers and generator from each other's core: the server on the first, the generator on the
 * second. Where there is no {@code taskset}, or one core only, the system decides.
 */
public final class Cores {

  private static final String TASKSET = "taskset";
  private static final String SERVER = "0";
  private static final String GENERATOR = "1";

  private final boolean pinned;

  private Cores(boolean pinned) {
    this.pinned = pinned;
  }

  /** The system decides. */
  public static Cores shared() {
    return new Cores(false);
  }

  /** Moves this process, which is the generator, to its core, if that can be done. */
  public static Cores pin() {
    return new Cores(
        Runtime.getRuntime().availableProcessors() > 1
            && taskset("-a", "-p", "-c", GENERATOR, Long.toString(ProcessHandle.current().pid())));
  }

  private static boolean taskset(String... arguments) {
    try {
      Process process =
          new ProcessBuilder(
                  Stream.concat(Stream.of(TASKSET), Stream.of(arguments)).toArray(String[]::new))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  List<String> serverPrefix() {
    return pinned ? List.of(TASKSET, "-c", SERVER) : List.of();
  }

  @Override
  public String toString() {
    return pinned
        ? "server pinned to core " + SERVER + ", generator to core " + GENERATOR
        : "not pinned";
  }
}
