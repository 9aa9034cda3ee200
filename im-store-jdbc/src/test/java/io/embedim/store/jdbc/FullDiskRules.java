package io.embedim.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.ConversationId;
import io.embedim.store.jdbc.CrashCheck.Stored;
import java.nio.file.Path;
import java.sql.SQLException;
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
 * The disk of the database is full while an engine is under load, which goes on when there is space
 * again, without a restart of ours.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
abstract class FullDiskRules {

  /** What is promised, and beside it what a machine with other work to do may take. */
  private static final long MOST_MILLIS_TO_REFUSE = 10_000;

  private static final long HEAD_ROOM_MILLIS = 3_000;

  /** Large, so that the space that a database has left in its files is soon used up. */
  private static final int CONTENT_BYTES = 8_000;

  private final long seed = Long.getLong("im.crash.seed", System.nanoTime());

  @TempDir(cleanup = CleanupMode.ALWAYS)
  private Path folder;

  /** A database whose data lie on the disk. */
  interface OnDisk extends AutoCloseable {

    CrashDatabase database();

    /** What an operator has to do when there is space again. */
    void recover() throws Exception;

    @Override
    void close() throws Exception;
  }

  /** How large the disk is: what the database needs, and a little for the load. */
  abstract int megabytes();

  abstract OnDisk start(Path emptyFolder, Path disk) throws Exception;

  /** What is wrong with the messages that the host sent in transactions of its own. */
  List<String> differingOrders(CrashDatabase database, CrashReport report, Stored news)
      throws SQLException {
    return ClientCheck.differingOrders(
        report, database.host().committed(), news.log(), database.host().waiting());
  }

  @Test
  void nothing_is_acknowledged_that_did_not_fit_and_sending_goes_on_when_there_is_space()
      throws Exception {
    ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
    Path mountPoint = folder.resolve("disk");
    try (SmallDisk disk = SmallDisk.mount(mountPoint, megabytes());
        OnDisk server = start(folder, mountPoint)) {
      CrashDatabase database = server.database();
      database.host().createTable();
      long resumed;
      CrashLoad load =
          new CrashLoad(
              database.open(SchemaMode.MIGRATE),
              database.host(),
              CrashState.after(CrashReport.empty()),
              CONTENT_BYTES,
              lines::add);
      try (load) {
        load.connect();
        load.start(1, seed);
        load.awaitAcknowledgements(200);
        disk.fill();
        load.awaitRefusals();
        disk.free();
        server.recover();
        long back = System.nanoTime();
        resumed =
            TimeUnit.NANOSECONDS.toMillis(
                load.nextAcknowledgement().get(1, TimeUnit.MINUTES) - back);
        load.awaitAcknowledgements(200);
        load.stop();
        load.settle();
      }
      CrashReport report = CrashReport.of(new ArrayList<>(lines));
      Map<ConversationId, Stored> stored = database.stored(CrashLoad.conversations());
      System.out.printf(
          "%s with -Dim.crash.seed=%d: %d messages acknowledged, of those %d had been stored; %d"
              + " stored in %d logs, %d seen by clients; %d refusals, the slowest after %d ms;"
              + " sending went on %d ms after there was space%n",
          getClass().getSimpleName(),
          seed,
          load.acknowledged(),
          load.duplicates(),
          stored.values().stream().mapToInt(log -> log.log().size()).sum(),
          stored.size(),
          report.sightings().size(),
          load.refused(),
          load.slowestRefusalMillis(),
          resumed);
      assertThat(CrashCheck.violations(report, stored)).isEmpty();
      assertThat(ClientCheck.differingLogs(report, stored)).isEmpty();
      assertThat(differingOrders(database, report, stored.get(CrashHost.NEWS))).isEmpty();
      assertThat(load.slowestRefusalMillis()).isLessThan(MOST_MILLIS_TO_REFUSE + HEAD_ROOM_MILLIS);
    }
  }
}
