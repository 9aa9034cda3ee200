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

/** Connecting with a token until WELCOME, beside a bare endpoint's handshake. */
final class Connects implements Measurement {

  private static final double OF_A_HANDSHAKE = 0.85;

  @Override
  public Report run(Effort effort) throws Exception {
    try (Cores cores = Cores.pin();
        ComingAndGoing engine = new ComingAndGoing(ServerKind.ENGINE_MEMORY, true, cores, effort);
        ComingAndGoing bare = new ComingAndGoing(ServerKind.BARE, false, cores, effort)) {
      List<Side> sides =
          Rounds.interleave(
              effort.rounds(),
              List.of(
                  new Rounds.Contestant("engine", () -> engine.measure(effort)),
                  new Rounds.Contestant("bare handshake", () -> bare.measure(effort))));
      return new Report(
          "connect",
          "connections/s",
          "64 connections being opened at a time, each cut when it is there: for the engine when"
              + " WELCOME came, for the baseline when the upgrade was granted. Tokens are HS256. CPU"
              + " of the server's process for each connection; "
              + cores
              + ".",
          List.of(
              new Comparison(
                  "connect and authenticate",
                  sides.get(0),
                  sides.get(1),
                  Target.ratioAtLeast(OF_A_HANDSHAKE))));
    }
  }

  /** A server and those who come and go. */
  private static final class ComingAndGoing implements AutoCloseable {
    private final ServerProcess server;
    private final ClientLoop loop;
    private final Idlers clients;

    ComingAndGoing(ServerKind kind, boolean untilWelcome, Cores cores, Effort effort)
        throws IOException {
      server = ServerProcess.start(kind, cores);
      loop = new ClientLoop();
      clients = new Idlers(loop, server.port(), untilWelcome);
      clients.churn(effort.warmUp());
    }

    Sample measure(Effort effort) {
      Usage before = Usage.of(server);
      long opened = clients.churn(effort.round());
      return Usage.of(server).since(before).sample(opened);
    }

    @Override
    public void close() throws IOException {
      loop.close();
      server.close();
    }
  }
}
