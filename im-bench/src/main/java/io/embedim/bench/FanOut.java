package io.embedim.bench;

import io.embedim.bench.load.Crowd;
import io.embedim.bench.report.Comparison;
import io.embedim.bench.report.Report;
import io.embedim.bench.report.Sample;
import io.embedim.bench.report.Side;
import io.embedim.bench.report.Target;
import io.embedim.bench.server.Cores;
import io.embedim.bench.server.ServerKind;
import java.util.List;

/**
 * One sender whom 500 sessions hear. Beside it a bare endpoint sends a frame to each of 500
 * sessions in a loop.
 */
final class FanOut implements Measurement {

  private static final int SESSIONS = 500;

  /** So many that more than one frame waits for a session while the others are written to. */
  private static final int WINDOW = 128;

  private static final double A_FRAME_EACH = 0.95;
  private static final double JOINED = 5;

  @Override
  public Report run(Effort effort) throws Exception {
    int sessions = effort.of(SESSIONS, 5);
    int window = effort.of(WINDOW, 8);
    Crowd singly = new Crowd(1, sessions, window, false);
    Crowd joined = new Crowd(1, sessions, window, true);
    try (Cores cores = Cores.pin();
        Talking each = new Talking(ServerKind.ENGINE_MEMORY, singly, cores, effort);
        Talking batch = new Talking(ServerKind.ENGINE_MEMORY, joined, cores, effort);
        Talking bare = new Talking(ServerKind.BARE, singly, cores, effort)) {
      List<Side> sides =
          Rounds.interleave(
              effort.rounds(),
              List.of(
                  deliveries("a frame each", each, sessions, effort),
                  deliveries("bare Tyrus, a frame each", bare, sessions, effort),
                  deliveries("batch", batch, sessions, effort)));
      return new Report(
          "fan-out",
          "deliveries/s",
          "One sender, "
              + sessions
              + " sessions of one user, "
              + window
              + " messages under way; each session acknowledges every 64th message. CPU of the"
              + " server's process for each delivery; "
              + cores
              + ".",
          List.of(
              new Comparison(
                  "a frame each", sides.get(0), sides.get(1), Target.ratioAtLeast(A_FRAME_EACH)),
              new Comparison(
                  "with batch", sides.get(2), sides.get(1), Target.ratioAtLeast(JOINED))));
    }
  }

  private static Rounds.Contestant deliveries(
      String name, Talking talking, int sessions, Effort effort) {
    return new Rounds.Contestant(
        name,
        () -> {
          Sample messages = talking.measure(effort.round());
          return new Sample(
              messages.value() * sessions,
              messages.cpuMicros() / sessions,
              messages.generatorCpu());
        });
  }
}
