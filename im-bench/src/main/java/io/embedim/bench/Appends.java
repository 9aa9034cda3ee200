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
 * Messages sent through the engine into a database that forces commits to the disk. Beside it plain
 * JDBC inserts the same rows: in batches as large as the engine's could be, and with a commit for
 * each.
 */
final class Appends implements Measurement {

  private static final double OF_BATCHED = 0.6;
  private static final double OF_SINGLE = 4;

  @Override
  public Report run(Effort effort) throws Exception {
    List<Comparison> comparisons = new ArrayList<>();
    for (DatabaseKind kind : effort.databases()) {
      try (Database database = Database.start(kind)) {
        for (int senders : effort.small() ? List.of(4) : List.of(100, 1_000)) {
          for (int conversations : effort.small() ? List.of(2) : List.of(10, 1_000)) {
            comparisons.addAll(
                compare(
                    kind.title() + ' ' + senders + '/' + conversations,
                    new AppendScene(database, senders, conversations),
                    effort));
          }
        }
      }
    }
    return new Report(
        "append",
        "messages/s, senders/conversations",
        "Each sender waits for its acknowledgement before it sends again. "
            + AppendScene.LANES
            + " lanes, and as many connections for the baselines: *batched* commits senders/"
            + AppendScene.LANES
            + " rows at a time, *single* one. CPU of this process and the database server's; not"
            + " pinned.",
        comparisons);
  }

  private static List<Comparison> compare(String name, AppendScene scene, Effort effort)
      throws Exception {
    try (scene) {
      scene.warmUp(effort.warmUp());
      List<Side> sides =
          Rounds.interleave(
              effort.rounds(),
              List.of(
                  new Rounds.Contestant("engine", () -> scene.engine(effort.round())),
                  new Rounds.Contestant("batched", () -> scene.batched(effort.round())),
                  new Rounds.Contestant("single", () -> scene.single(effort.round()))));
      return List.of(
          new Comparison(name, sides.get(0), sides.get(1), Target.ratioAtLeast(OF_BATCHED)),
          new Comparison(
              name + " single", sides.get(0), sides.get(2), Target.ratioAtLeast(OF_SINGLE)));
    }
  }
}
