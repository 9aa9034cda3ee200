package io.embedim.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.ConversationId;
import io.embedim.store.jdbc.CrashCheck.Stored;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The database server is killed (SIGKILL) again and again while an engine is under load, which goes
 * on as soon as the server is back. {@code -Dim.crash.kills=10} for a long run.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
abstract class KilledServerRules {

  /** What is promised, and beside it what a machine with other work to do may take. */
  private static final long MOST_MILLIS_TO_RESUME = 5_000;

  private static final long MOST_MILLIS_TO_REFUSE = 10_000;
  private static final long HEAD_ROOM_MILLIS = 3_000;

  private final int kills = Integer.getInteger("im.crash.kills", 2);
  private final long seed = Long.getLong("im.crash.seed", System.nanoTime());

  @TempDir(cleanup = CleanupMode.ALWAYS)
  private Path folder;

  /** A server that was not started yet. */
  abstract MortalServer server(Path emptyFolder) throws Exception;

  @Test
  void sending_goes_on_when_the_server_is_back_and_nothing_acknowledged_is_lost() throws Exception {
    ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
    List<Long> resumed = new ArrayList<>();
    try (MortalServer server = server(folder)) {
      server.start();
      CrashDatabase database = server.database();
      database.host().createTable();
      CrashLoad load =
          new CrashLoad(
              database.open(SchemaMode.MIGRATE),
              database.host(),
              CrashState.after(CrashReport.empty()),
              lines::add);
      try (load) {
        load.connect();
        load.start(1, seed);
        for (int kill = 0; kill < kills; kill++) {
          load.awaitAcknowledgements(500);
          server.kill();
          load.awaitRefusals();
          server.start();
          long back = System.nanoTime();
          long first = load.nextAcknowledgement().get(1, TimeUnit.MINUTES);
          resumed.add(TimeUnit.NANOSECONDS.toMillis(first - back));
        }
        load.stop();
        load.settle();
      }
      CrashReport report = CrashReport.of(new ArrayList<>(lines));
      Map<ConversationId, Stored> stored = database.stored(CrashLoad.conversations());
      System.out.printf(
          "%s with -Dim.crash.seed=%d: %d kills; %d messages acknowledged, of those %d had been"
              + " stored; %d stored in %d logs, %d seen by clients, %d moves of cursors, %d orders"
              + " reported, %d committed; %d refusals, the slowest after %d ms; sending went on"
              + " %s ms after the server was back%n",
          getClass().getSimpleName(),
          seed,
          kills,
          load.acknowledged(),
          load.duplicates(),
          stored.values().stream().mapToInt(log -> log.log().size()).sum(),
          stored.size(),
          report.sightings().size(),
          report.moves().size(),
          report.orders().size(),
          database.host().committed().size(),
          load.refused(),
          load.slowestRefusalMillis(),
          resumed);
      assertThat(CrashCheck.violations(report, stored)).isEmpty();
      assertThat(ClientCheck.differingLogs(report, stored)).isEmpty();
      assertThat(
              ClientCheck.differingOrders(
                  report,
                  database.host().committed(),
                  stored.get(CrashHost.NEWS).log(),
                  database.host().waiting()))
          .isEmpty();
      assertThat(resumed)
          .allSatisfy(
              millis -> assertThat(millis).isLessThan(MOST_MILLIS_TO_RESUME + HEAD_ROOM_MILLIS));
      assertThat(load.slowestRefusalMillis()).isLessThan(MOST_MILLIS_TO_REFUSE + HEAD_ROOM_MILLIS);
    }
  }
}
