package io.embedim.bench.report;

import java.util.Locale;

/** Numbers as people read them: three digits that count. */
final class Figures {

  private Figures() {}

  static String of(double value) {
    double size = Math.abs(value);
    if (Double.isNaN(value)) {
      return "–";
    }
    if (size >= 1_000) {
      double step = Math.pow(10, Math.floor(Math.log10(size)) - 2);
      return String.format(Locale.ROOT, "%,.0f", Math.rint(value / step) * step);
    }
    if (size >= 100) {
      return String.format(Locale.ROOT, "%.0f", value);
    }
    return String.format(Locale.ROOT, size >= 10 ? "%.1f" : "%.2f", value);
  }

  static String of(Spread spread) {
    return of(spread.median()) + " (" + of(spread.min()) + "–" + of(spread.max()) + ")";
  }

  static String percent(double part) {
    return Double.isNaN(part) ? "–" : String.format(Locale.ROOT, "%.0f %%", 100 * part);
  }
}
