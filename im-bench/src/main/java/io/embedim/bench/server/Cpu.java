package io.embedim.bench.server;

import java.time.Duration;
import java.util.stream.Stream;

/** CPU time of processes, as the system tells it: in steps of 10 ms on Linux. */
public final class Cpu {

  private Cpu() {}

  static Duration of(ProcessHandle process) {
    return process
        .info()
        .totalCpuDuration()
        .orElseThrow(() -> new IllegalStateException("the system tells no CPU time of processes"));
  }

  /** Of a process and all that it started and that still run; zero when there is none. */
  public static Duration ofTree(long pid) {
    return ProcessHandle.of(pid).stream()
        .filter(root -> pid > 0)
        .flatMap(root -> Stream.concat(Stream.of(root), root.descendants()))
        .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }
}
