package io.embedim.store.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.ConversationId;
import io.embedim.store.jdbc.CrashCheck.Stored;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A process with an engine under load is killed (SIGKILL) again and again at random moments, and
 * its senders and clients come back to the next one. {@code -Dim.crash.kills=20} for a long run,
 * {@code -Dim.crash.seed} for the one that was printed.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
abstract class KilledEngineRules {

  /** As many lines of a report at most before the process is killed; a message has about four. */
  private static final int MOST_LINES = 4_000;

  private final int kills = Integer.getInteger("im.crash.kills", 3);
  private final long seed = Long.getLong("im.crash.seed", System.nanoTime());
  private final Random random = new Random(seed);

  /** A database without our tables that forces commits to the disk. */
  abstract CrashDatabase empty() throws Exception;

  /** What is wrong with the messages that the host sent in transactions of its own. */
  List<String> differingOrders(CrashDatabase database, CrashReport report, Stored news)
      throws SQLException {
    return ClientCheck.differingOrders(
        report, database.host().committed(), news.log(), database.host().waiting());
  }

  @Test
  void what_was_acknowledged_is_there_once_and_every_client_has_the_log_after_all_kills()
      throws Exception {
    CrashDatabase database = empty();
    database.host().createTable();
    CrashReport report = CrashReport.empty();
    for (int round = 1; round <= kills; round++) {
      report.add(CrashReport.of(killed(database, CrashState.after(report), round)));
    }
    int before = report.entries().size();
    long duplicates = settle(database, report);

    Map<ConversationId, Stored> stored = database.stored(CrashLoad.conversations());
    int messages = stored.values().stream().mapToInt(log -> log.log().size()).sum();
    System.out.printf(
        "%s with -Dim.crash.seed=%d: %d kills; %d messages acknowledged before them, %d after; of"
            + " those %d had been stored; %d stored in %d logs, %d seen by clients, %d moves of"
            + " cursors, %d orders reported, %d committed%n",
        getClass().getSimpleName(),
        seed,
        kills,
        before,
        report.entries().size() - before,
        duplicates,
        messages,
        stored.size(),
        report.sightings().size(),
        report.moves().size(),
        report.orders().size(),
        database.host().committed().size());
    assertThat(CrashCheck.violations(report, stored)).as("seed %d", seed).isEmpty();
    assertThat(ClientCheck.differingLogs(report, stored)).as("seed %d", seed).isEmpty();
    assertThat(differingOrders(database, report, stored.get(CrashHost.NEWS)))
        .as("seed %d", seed)
        .isEmpty();
    assertThat(report.moves()).isNotEmpty();
    assertThat(before).isPositive();
  }

  /** Lets everybody come to the end of what they were about, and tells how many duplicates. */
  private static long settle(CrashDatabase database, CrashReport report) throws Exception {
    ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
    try (CrashLoad load =
        new CrashLoad(
            database.open(SchemaMode.VALIDATE),
            database.host(),
            CrashState.after(report),
            lines::add)) {
      load.connect();
      load.settle();
      report.add(CrashReport.of(new ArrayList<>(lines)));
      return load.duplicates();
    }
  }

  /** Runs the process until it has reported so many lines, kills it, and returns all its lines. */
  private List<String> killed(CrashDatabase database, CrashState state, int round)
      throws Exception {
    int patience = 1 + random.nextInt(MOST_LINES);
    Process victim =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                CrashEngine.class.getName(),
                database.url(),
                database.user(),
                database.password(),
                Integer.toString(round),
                Long.toString(random.nextLong()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    PrintStream in = new PrintStream(victim.getOutputStream(), true, UTF_8);
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(victim.getInputStream(), UTF_8))) {
      state.lines().forEach(in::println);
      in.println(CrashEngine.GO);
      assertThat(reader.readLine()).isEqualTo(CrashEngine.READY);
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < patience; i++) {
        lines.add(reader.readLine());
      }
      assertThat(lines).doesNotContainNull();
      assertThat(victim.isAlive()).isTrue();
      // Through the handle: the process itself would close its pipe, with the last lines in it.
      victim.toHandle().destroyForcibly();
      reader.lines().forEach(lines::add);
      return lines;
    } finally {
      in.close();
      victim.destroyForcibly().waitFor();
    }
  }
}
