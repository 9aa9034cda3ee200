package io.embedim.bench.server;

import io.embedim.bench.database.Database;
import io.embedim.bench.database.DatabaseKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * The process of a measured server. It tells its port, answers each line of its input with what its
 * heap holds, and ends with its input, so that it never outlives whoever started it.
 */
final class ServerMain {

  private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

  private ServerMain() {}

  public static void main(String[] args) throws Exception {
    LogManager.getLogManager().getLogger("").setLevel(Level.WARNING);
    try (RunningServer server = start(ServerKind.valueOf(args[0]));
        BufferedReader input =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      System.out.println(server.port());
      System.out.println(server.databaseProcess());
      while (input.readLine() != null) {
        System.out.println(liveBytes());
      }
    }
    // Whatever pools are still warm.
    System.exit(0);
  }

  private static RunningServer start(ServerKind kind) throws Exception {
    return switch (kind) {
      case ENGINE_MEMORY -> new EngineServer(null);
      case ENGINE_POSTGRESQL -> new EngineServer(Database.start(DatabaseKind.POSTGRESQL));
      case BARE -> new BareServer(new BareAnswers(null));
      case BARE_FSYNC -> new BareServer(new BareAnswers(new FsyncLog()));
    };
  }

  /** All that is reachable, after a full collection. */
  private static long liveBytes() throws JMException, IOException {
    String histogram =
        (String)
            ManagementFactory.getPlatformMBeanServer()
                .invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "gcClassHistogram",
                    new Object[] {new String[0]},
                    new String[] {String[].class.getName()});
    Matcher total = TOTAL.matcher(histogram);
    if (!total.find()) {
      throw new IOException("the class histogram has no total");
    }
    return Long.parseLong(total.group(1));
  }
}
