package io.embedim.bench.report;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The middle and the ends of what several rounds gave. */
public record Spread(double median, double min, double max) {

  /** The spread of at least one value. */
  public static Spread of(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1]);
  }

  static Spread of(List<Sample> samples, ToDoubleFunction<Sample> value) {
    return of(samples.stream().mapToDouble(value).toArray());
  }
}
