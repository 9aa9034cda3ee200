package io.embedim.bench.report;

import java.util.List;

/**
 * What a benchmark found.
 *
 * @param name of the benchmark, as on the command line
 * @param unit of all values, as a table says it
 * @param circumstances how it was measured, in a sentence or a few
 */
public record Report(String name, String unit, String circumstances, List<Comparison> comparisons) {

  public Report {
    comparisons = List.copyOf(comparisons);
  }

  /** As a table in Markdown, with a line on how it was measured. */
  public String markdown() {
    StringBuilder table =
        new StringBuilder(
            "| "
                + unit
                + ": median (min–max) | EmbedIM | CPU µs | baseline | | CPU µs | figure | target"
                + " | met | generator |\n"
                + "|---|--:|--:|---|--:|--:|--:|---|---|--:|\n");
    for (Comparison comparison : comparisons) {
      Side subject = comparison.subject();
      Side baseline = comparison.baseline();
      Spread figures = comparison.figures();
      table.append(
          "| "
              + String.join(
                  " | ",
                  comparison.name(),
                  Figures.of(subject.values()),
                  Figures.of(subject.cpuMicros()),
                  baseline.name(),
                  Figures.of(baseline.values()),
                  Figures.of(baseline.cpuMicros()),
                  Figures.of(figures),
                  comparison.target().toString(),
                  comparison.target().verdict(figures.median()),
                  Figures.percent(subject.generatorCpu())
                      + " / "
                      + Figures.percent(baseline.generatorCpu()))
              + " |\n");
    }
    return table + "\n" + circumstances + "\n";
  }
}
