package io.embedim.bench.report;

import java.util.Locale;

/**
 * What a comparison is to show.
 *
 * @param measure which figure decides
 * @param bound what the figure is to reach, or not to exceed
 */
public record Target(Measure measure, double bound) {

  /** The figures that can decide, each of one round. */
  public enum Measure {
    /** Subject by baseline, the more the better. */
    RATIO_AT_LEAST("≥ %s ×"),

    /** Subject less baseline, the less the better. */
    DIFFERENCE_AT_MOST("≤ %s more"),

    /** The subject alone, the less the better. */
    VALUE_AT_MOST("≤ %s"),

    /** Subject by baseline, with no target. */
    RATIO_ONLY("–");

    private final String text;

    Measure(String text) {
      this.text = text;
    }
  }

  /** No target: the ratio is only shown. */
  public static final Target NONE = new Target(Measure.RATIO_ONLY, 0);

  public static Target ratioAtLeast(double bound) {
    return new Target(Measure.RATIO_AT_LEAST, bound);
  }

  public static Target differenceAtMost(double bound) {
    return new Target(Measure.DIFFERENCE_AT_MOST, bound);
  }

  public static Target valueAtMost(double bound) {
    return new Target(Measure.VALUE_AT_MOST, bound);
  }

  double figure(double subject, double baseline) {
    return switch (measure) {
      case RATIO_AT_LEAST, RATIO_ONLY -> subject / baseline;
      case DIFFERENCE_AT_MOST -> subject - baseline;
      case VALUE_AT_MOST -> subject;
    };
  }

  /** Whether the figure is good enough, as a table says it. */
  String verdict(double figure) {
    return switch (measure) {
      case RATIO_AT_LEAST -> figure >= bound ? "yes" : "**no**";
      case DIFFERENCE_AT_MOST, VALUE_AT_MOST -> figure <= bound ? "yes" : "**no**";
      case RATIO_ONLY -> "–";
    };
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, measure.text, Figures.of(bound));
  }
}
