package io.embedim.examples.server.e2e;

import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Times between two moments, gathered from many threads, told as percentiles. */
final class Latencies {

  private final Queue<Long> nanos = new ConcurrentLinkedQueue<>();

  void since(long start) {
    nanos.add(System.nanoTime() - start);
  }

  @Override
  public String toString() {
    long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    return String.format(
        Locale.ROOT,
        "p50 %.1f ms, p99 %.1f ms of %d",
        percentile(sorted, 0.50),
        percentile(sorted, 0.99),
        sorted.length);
  }

  private static double percentile(long[] sorted, double share) {
    return sorted.length == 0
        ? Double.NaN
        : sorted[(int) Math.min(sorted.length - 1, share * sorted.length)] / 1e6;
  }
}
