package io.embedim.bench;

import io.embedim.bench.database.Database;
import io.embedim.bench.database.DatabaseKind;
import io.embedim.bench.report.Comparison;
import io.embedim.bench.report.Report;
import io.embedim.bench.report.Sample;
import io.embedim.bench.report.Side;
import io.embedim.bench.report.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What the size of a group costs: making it, a change of its members, and a message in it. Beside
 * each size stands a group of ten, in the same database and the same run.
 */
final class GroupSizes implements Measurement {

  private static final int SMALL = 10;

  /** One thing that happens to a group. */
  private interface Happening {
    Sample in(GroupScene scene, int size, Duration time) throws Exception;
  }

  private record Named(String name, Happening happening) {}

  private static final List<Named> HAPPENINGS =
      List.of(
          new Named("members of a new group", GroupScene::creating),
          new Named("joining or leaving", GroupScene::joining),
          new Named("messages", GroupScene::sending));

  @Override
  public Report run(Effort effort) throws Exception {
    List<Integer> sizes =
        List.of(SMALL, effort.of(100, 11), effort.of(1_000, 12), effort.of(10_000, 13));
    List<Comparison> comparisons = new ArrayList<>();
    for (DatabaseKind kind : effort.databases()) {
      try (Database database = Database.start(kind);
          GroupScene scene = new GroupScene(database, sizes)) {
        for (Named each : HAPPENINGS) {
          comparisons.addAll(compare(effort, kind, scene, sizes, each));
        }
      }
    }
    return new Report(
        "group-size",
        "per second",
        "One caller, one thing at a time, each waited for; nobody is connected. The baseline is the same in"
            + " a group of 10 members. CPU of this process and the database server's; not pinned.",
        comparisons);
  }

  private static List<Comparison> compare(
      Effort effort, DatabaseKind kind, GroupScene scene, List<Integer> sizes, Named each)
      throws Exception {
    List<Rounds.Contestant> contestants = new ArrayList<>();
    for (int size : sizes) {
      each.happening().in(scene, size, effort.round());
      contestants.add(
          new Rounds.Contestant(
              "10 members", () -> each.happening().in(scene, size, effort.round())));
    }
    List<Side> sides = Rounds.interleave(effort.rounds(), contestants);
    List<Comparison> comparisons = new ArrayList<>();
    for (int i = 1; i < sides.size(); i++) {
      comparisons.add(
          new Comparison(
              each.name() + ", " + sizes.get(i) + ", " + kind.title(),
              sides.get(i),
              sides.get(0),
              Target.NONE));
    }
    return comparisons;
  }
}
