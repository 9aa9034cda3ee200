package io.embedim.bench;

import io.embedim.bench.load.ClientLoop;
import io.embedim.bench.load.Idlers;
import io.embedim.bench.report.Comparison;
import io.embedim.bench.report.Report;
import io.embedim.bench.report.Sample;
import io.embedim.bench.report.Side;
import io.embedim.bench.report.Target;
import io.embedim.bench.server.Cores;
import io.embedim.bench.server.ServerKind;
import io.embedim.bench.server.ServerProcess;
import java.io.IOException;
import java.util.List;

/** What a session that says nothing keeps reachable, beside a bare one. */
final class SessionHeap implements Measurement {

  private static final int SESSIONS = 2_000;
  private static final double MORE_BYTES = 1.5 * 1024;

  @Override
  public Report run(Effort effort) throws Exception {
    int sessions = effort.of(SESSIONS, 20);
    List<Side> sides =
        Rounds.interleave(
            effort.rounds(),
            List.of(
                new Rounds.Contestant(
                    "engine", () -> bytesEach(ServerKind.ENGINE_MEMORY, sessions)),
                new Rounds.Contestant("bare Tyrus", () -> bytesEach(ServerKind.BARE, sessions))));
    return new Report(
        "session-heap",
        "bytes/session",
        sessions
            + " sessions that were welcomed and are idle: what is reachable after a full collection"
            + " (the JVM's class histogram), less what it was after one tenth of them had come and"
            + " gone, by their number. A new server in each round.",
        List.of(
            new Comparison(
                "an idle session",
                sides.get(0),
                sides.get(1),
                Target.differenceAtMost(MORE_BYTES))));
  }

  private Sample bytesEach(ServerKind kind, int sessions) throws IOException {
    try (ServerProcess server = ServerProcess.start(kind, Cores.shared());
        ClientLoop loop = new ClientLoop()) {
      Idlers clients = new Idlers(loop, server.port(), true);
      clients.open(sessions / 10);
      clients.abortAll();
      long empty = settled(server);
      clients.open(sessions);
      return Sample.of((double) (settled(server) - empty) / sessions);
    }
  }

  /** Until the server has dealt with what came last, its heap still changes. */
  private static long settled(ServerProcess server) throws IOException {
    long before = server.liveBytes();
    long now = server.liveBytes();
    while (Math.abs(now - before) > now / 1_000) {
      before = now;
      now = server.liveBytes();
    }
    return now;
  }
}
