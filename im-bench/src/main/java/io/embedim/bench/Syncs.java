package io.embedim.bench;

import io.embedim.bench.database.Database;
import io.embedim.bench.database.DatabaseKind;
import io.embedim.bench.report.Comparison;
import io.embedim.bench.report.Report;
import io.embedim.bench.report.Side;
import io.embedim.bench.report.Target;
import java.util.ArrayList;
import java.util.List;

/**
 * Users who come back and sync what they missed, through the engine. Beside it a SELECT reads the
 * same rows by their place in the log.
 */
final class Syncs implements Measurement {

  private static final int USERS = 1_000;
  private static final int MISSED = 200;
  private static final double OF_A_SELECT = 0.6;

  @Override
  public Report run(Effort effort) throws Exception {
    int users = effort.of(USERS, 5);
    int missed = effort.of(MISSED, 10);
    List<Comparison> comparisons = new ArrayList<>();
    for (DatabaseKind kind : effort.databases()) {
      try (Database database = Database.start(kind);
          SyncScene scene = new SyncScene(database, users, missed)) {
        scene.engine(effort.warmUp());
        scene.select(effort.warmUp());
        List<Side> sides =
            Rounds.interleave(
                effort.rounds(),
                List.of(
                    new Rounds.Contestant("engine", () -> scene.engine(effort.round())),
                    new Rounds.Contestant("SELECT", () -> scene.select(effort.round()))));
        comparisons.add(
            new Comparison(
                kind.title(), sides.get(0), sides.get(1), Target.ratioAtLeast(OF_A_SELECT)));
      }
    }
    return new Report(
        "sync",
        "messages/s",
        users
            + " users with "
            + missed
            + " missed messages each, one conversation a user, asked for by "
            + SyncScene.READERS
            + " threads in turns. The baseline is one SELECT a user of the rows with a greater seq,"
            + " every column read. CPU of this process and the database server's; not pinned.",
        comparisons);
  }
}
