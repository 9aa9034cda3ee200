package io.embedim.bench.report;

/**
 * One round of one side.
 *
 * @param value what was measured, in the unit of its table
 * @param cpuMicros CPU time of the measured processes for each message, in µs; NaN when it was not
 *     measured
 * @param generatorCpu how busy the load generator's thread was, 0 to 1; NaN when there was none
 */
public record Sample(double value, double cpuMicros, double generatorCpu) {

  /** A value that costs no CPU, or of which the CPU is not known. */
  public static Sample of(double value) {
    return new Sample(value, Double.NaN, Double.NaN);
  }
}
