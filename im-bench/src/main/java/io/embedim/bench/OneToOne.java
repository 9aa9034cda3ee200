package io.embedim.bench;

import io.embedim.bench.load.Crowd;
import io.embedim.bench.report.Comparison;
import io.embedim.bench.report.Report;
import io.embedim.bench.report.Side;
import io.embedim.bench.report.Target;
import io.embedim.bench.server.Cores;
import io.embedim.bench.server.ServerKind;
import java.util.List;

/**
 * Pairs of people who chat: a message is sent, stored, acknowledged and delivered. Beside it a bare
 * endpoint takes and sends the same frames.
 */
final class OneToOne implements Measurement {

  private static final int PAIRS = 50;
  private static final int WINDOW = 20;
  private static final double IN_MEMORY = 0.7;

  @Override
  public Report run(Effort effort) throws Exception {
    Crowd pairs = new Crowd(effort.of(PAIRS, 3), 1, effort.of(WINDOW, 2), false);
    try (Cores cores = Cores.pin();
        Talking memory = new Talking(ServerKind.ENGINE_MEMORY, pairs, cores, effort);
        Talking postgres = new Talking(ServerKind.ENGINE_POSTGRESQL, pairs, cores, effort);
        Talking bare = new Talking(ServerKind.BARE, pairs, cores, effort)) {
      List<Side> sides =
          Rounds.interleave(
              effort.rounds(),
              List.of(
                  new Rounds.Contestant("memory", () -> memory.measure(effort.round())),
                  new Rounds.Contestant("bare Tyrus", () -> bare.measure(effort.round())),
                  new Rounds.Contestant("PostgreSQL", () -> postgres.measure(effort.round()))));
      return new Report(
          "one-to-one",
          "messages/s",
          pairs.talks()
              + " pairs, "
              + pairs.window()
              + " messages under way in each; receivers acknowledge every 64th message. CPU of the"
              + " server's process, with PostgreSQL's for the one that has it; "
              + cores
              + ".",
          List.of(
              new Comparison(
                  "stored in memory", sides.get(0), sides.get(1), Target.ratioAtLeast(IN_MEMORY)),
              new Comparison("stored in PostgreSQL", sides.get(2), sides.get(1), Target.NONE)));
    }
  }
}
