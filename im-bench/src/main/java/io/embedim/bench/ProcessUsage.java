package io.embedim.bench;

import com.sun.management.OperatingSystemMXBean;
import io.embedim.bench.database.Database;
import io.embedim.bench.report.Sample;
import io.embedim.bench.server.Cpu;
import java.lang.management.ManagementFactory;

/** Time that has passed, and the CPU time of this process and a database server, in ns. */
record ProcessUsage(long wall, long cpu) {

  /** Up to now, since some moment. */
  static ProcessUsage of(Database database) {
    return new ProcessUsage(
        System.nanoTime(),
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
            + Cpu.ofTree(database.process()).toNanos());
  }

  ProcessUsage since(ProcessUsage before) {
    return new ProcessUsage(wall - before.wall, cpu - before.cpu);
  }

  /** What it means when so many were done in that time. */
  Sample sample(long done) {
    return new Sample(done * 1e9 / wall, cpu / 1e3 / done, Double.NaN);
  }
}
