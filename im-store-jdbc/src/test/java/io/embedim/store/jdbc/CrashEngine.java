package io.embedim.store.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.List;

/**
 * The process with an engine that is killed: reads what senders and clients remember, says that it
 * is ready, and reports what {@link CrashLoad} does. Ends by itself when its parent does, or when
 * it cannot begin: a client that has more than the log is refused.
 */
final class CrashEngine {

  static final String READY = "ready";

  /** Ends what the process has to read before it begins. */
  static final String GO = "go";

  private CrashEngine() {}

  /** Takes the database's URL, user and password, the number of the round and a seed. */
  public static void main(String[] args) throws Exception {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> {
          failure.printStackTrace();
          Runtime.getRuntime().halt(1);
        });
    PrintStream out = System.out;
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    List<String> lines = in.lines().takeWhile(line -> !line.equals(GO)).toList();
    CrashDatabase database = new CrashDatabase(args[0], args[1], args[2]);
    CrashLoad load =
        new CrashLoad(
            database.open(SchemaMode.MIGRATE),
            database.host(),
            CrashState.of(lines),
            line -> report(out, line));
    report(out, READY);
    load.connect();
    load.start(Integer.parseInt(args[3]), Long.parseLong(args[4]));
    // Nothing more comes; the end of the parent closes the pipe.
    System.exit(in.read());
  }

  private static void report(PrintStream out, String line) {
    synchronized (out) {
      out.print(line + '\n');
      out.flush();
    }
  }
}
