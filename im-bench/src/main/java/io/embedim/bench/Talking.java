package io.embedim.bench;

import io.embedim.bench.load.ClientLoop;
import io.embedim.bench.load.Crowd;
import io.embedim.bench.load.Talks;
import io.embedim.bench.report.Sample;
import io.embedim.bench.server.Cores;
import io.embedim.bench.server.ServerKind;
import io.embedim.bench.server.ServerProcess;
import java.io.IOException;
import java.time.Duration;

/** A crowd that talks over a server of its own, as fast as both can. */
final class Talking implements AutoCloseable {

  /** Before a side is measured it runs for so long by itself: the other one had the caches. */
  private static final int RUN_IN = 5;

  private final ServerProcess server;
  private final Talks talks;
  private final ClientLoop loop;

  Talking(ServerKind kind, Crowd crowd, Cores cores, Effort effort) throws IOException {
    server = ServerProcess.start(kind, cores, "-Xms2g", "-Xmx2g");
    loop = new ClientLoop();
    talks = new Talks(loop, server.port(), crowd);
    talks.begin();
    talks.count(effort.warmUp());
    talks.end();
  }

  /** Measures a round in messages a second. */
  Sample measure(Duration time) {
    talks.begin();
    talks.count(time.dividedBy(RUN_IN));
    Usage before = Usage.of(server);
    long done = talks.count(time);
    Usage used = Usage.of(server).since(before);
    talks.end();
    return used.sample(done);
  }

  Talks talks() {
    return talks;
  }

  @Override
  public void close() throws IOException {
    loop.close();
    server.close();
  }
}
