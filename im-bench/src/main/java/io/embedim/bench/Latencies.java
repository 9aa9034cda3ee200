package io.embedim.bench;

import io.embedim.bench.load.Crowd;
import io.embedim.bench.load.Talks;
import io.embedim.bench.report.Comparison;
import io.embedim.bench.report.Report;
import io.embedim.bench.report.Sample;
import io.embedim.bench.report.Side;
import io.embedim.bench.report.Target;
import io.embedim.bench.server.Cores;
import io.embedim.bench.server.ServerKind;
import java.util.ArrayList;
import java.util.List;

/**
 * How long it takes until a message is acknowledged and delivered, at a fixed rate that is far from
 * what the server can do. Beside it a bare endpoint answers when a forced write to a file is done.
 */
final class Latencies implements Measurement {

  private static final int PER_SECOND = 2_000;
  private static final int PAIRS = 50;
  private static final List<Double> PERCENTILES = List.of(50.0, 99.0, 99.9);

  @Override
  public Report run(Effort effort) throws Exception {
    Crowd pairs = new Crowd(effort.of(PAIRS, 3), 1, 1, false);
    int rate = effort.of(PER_SECOND, 100);
    try (Cores cores = Cores.pin();
        Talking engine = new Talking(ServerKind.ENGINE_POSTGRESQL, pairs, cores, effort);
        Talking bare = new Talking(ServerKind.BARE_FSYNC, pairs, cores, effort)) {
      List<Talks.Latencies> engineRounds = new ArrayList<>();
      List<Talks.Latencies> bareRounds = new ArrayList<>();
      for (int round = 0; round < effort.rounds(); round++) {
        engineRounds.add(engine.talks().atRate(rate, effort.round()));
        bareRounds.add(bare.talks().atRate(rate, effort.round()));
      }
      List<Comparison> comparisons = new ArrayList<>();
      for (double percentile : PERCENTILES) {
        comparisons.add(
            new Comparison(
                "ack, p" + shortest(percentile),
                side("engine", engineRounds, percentile, true),
                side("bare + fsync", bareRounds, percentile, true),
                Target.NONE));
      }
      for (double percentile : PERCENTILES) {
        comparisons.add(
            new Comparison(
                "delivery, p" + shortest(percentile),
                side("engine", engineRounds, percentile, false),
                side("bare + fsync", bareRounds, percentile, false),
                Target.NONE));
      }
      return new Report(
          "latency",
          "ms",
          rate
              + " messages/s on PostgreSQL, sent when it is time, whatever has come back; counted"
              + " from that time on, so nothing is omitted. "
              + pairs.talks()
              + " pairs. The baseline is a bare endpoint that writes each message to a file, forces"
              + " whatever has gathered to the disk, and then answers; "
              + cores
              + ", PostgreSQL beside the server.",
          comparisons);
    }
  }

  private static String shortest(double percentile) {
    return percentile == Math.rint(percentile)
        ? Integer.toString((int) percentile)
        : Double.toString(percentile);
  }

  private static Side side(
      String name, List<Talks.Latencies> rounds, double percentile, boolean acks) {
    return new Side(
        name,
        rounds.stream()
            .map(round -> acks ? round.acks() : round.deliveries())
            .map(histogram -> Sample.of(histogram.getValueAtPercentile(percentile) / 1e6))
            .toList());
  }
}
