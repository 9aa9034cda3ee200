package io.embedim.bench.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Keeps a measured server and the generator, which is this process, from each other's core: the
 * server gets the first and the generator the second of those that this process may use, until this
 * is closed. Where there is no {@code taskset}, or one core only, the system decides.
 */
public final class Cores implements AutoCloseable {

  private static final String TASKSET = "taskset";
  private static final String ALL_THREADS = "-a";
  private static final String OF_A_PROCESS = "-p";
  private static final String LIST = "-c";

  private static final String PID = Long.toString(ProcessHandle.current().pid());

  /** Those that this process had before; empty when it keeps them. */
  private final String before;

  private final List<Integer> cores;

  private Cores(String before, List<Integer> cores) {
    this.before = before;
    this.cores = cores;
  }

  /** The system decides. */
  public static Cores shared() {
    return new Cores("", List.of());
  }

  /** Moves this process to its core, if that can be done. */
  public static Cores pin() {
    String list = taskset(OF_A_PROCESS, LIST, PID);
    String before = list.substring(list.lastIndexOf(':') + 1).strip();
    List<Integer> cores = before.isEmpty() ? List.of() : numbers(before);
    if (cores.size() < 2) {
      return shared();
    }
    taskset(ALL_THREADS, OF_A_PROCESS, LIST, cores.get(1).toString(), PID);
    return new Cores(before, cores);
  }

  /** What to put before a server's command. */
  List<String> serverPrefix() {
    return cores.isEmpty() ? List.of() : List.of(TASKSET, LIST, cores.get(0).toString());
  }

  /** Reads a list like {@code 0-3,8}. */
  static List<Integer> numbers(String list) {
    return Arrays.stream(list.split(",", -1))
        .map(range -> range.split("-", -1))
        .flatMapToInt(
            ends ->
                IntStream.rangeClosed(
                    Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1])))
        .boxed()
        .toList();
  }

  /** Runs it and tells what it said; nothing when there is no such program or it failed. */
  private static String taskset(String... arguments) {
    List<String> command = new ArrayList<>(List.of(TASKSET));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0 ? said : "";
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  /** Gives this process its cores back. */
  @Override
  public void close() {
    if (!before.isEmpty()) {
      taskset(ALL_THREADS, OF_A_PROCESS, LIST, before, PID);
    }
  }

  @Override
  public String toString() {
    return cores.isEmpty()
        ? "not pinned"
        : "server pinned to core " + cores.get(0) + ", generator to core " + cores.get(1);
  }
}
