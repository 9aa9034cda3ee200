package io.embedim.bench;

import io.embedim.bench.report.Sample;
import io.embedim.bench.server.ServerProcess;
import java.lang.management.ManagementFactory;

/**
 * Time that has passed, and who used the CPU meanwhile, in ns.
 *
 * @param server the server's process, and its database's
 * @param generator the calling thread, which is the whole load generator
 */
record Usage(long wall, long server, long generator) {

  /** Up to now, since some moment. */
  static Usage of(ServerProcess server) {
    return new Usage(
        System.nanoTime(),
        server.cpu().plus(server.databaseCpu()).toNanos(),
        ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
  }

  Usage since(Usage before) {
    return new Usage(wall - before.wall, server - before.server, generator - before.generator);
  }

  /** What it means when so many were done in that time. */
  Sample sample(long done) {
    return new Sample(done * 1e9 / wall, server / 1e3 / done, (double) generator / wall);
  }
}
