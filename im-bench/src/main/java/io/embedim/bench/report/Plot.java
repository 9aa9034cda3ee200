package io.embedim.bench.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.Styler;

/** Medians of both sides beside each other, with the spread of the rounds. */
public final class Plot {

  private static final int WIDTH = 900;
  private static final int HEIGHT = 480;

  private Plot() {}

  /** Writes a PNG. */
  public static void write(Report report, Path file) throws IOException {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(report.name())
            .yAxisTitle(report.unit())
            .build();
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
    chart.getStyler().setLegendLayout(Styler.LegendLayout.Horizontal);
    List<String> names = report.comparisons().stream().map(Comparison::name).toList();
    add(chart, "EmbedIM", names, report.comparisons().stream().map(Comparison::subject).toList());
    add(chart, "baseline", names, report.comparisons().stream().map(Comparison::baseline).toList());
    ImageIO.write(BitmapEncoder.getBufferedImage(chart), "png", file.toFile());
  }

  private static void add(CategoryChart chart, String series, List<String> names, List<Side> of) {
    List<Spread> spreads = of.stream().map(Side::values).toList();
    chart.addSeries(
        series,
        names,
        spreads.stream().map(Spread::median).toList(),
        // A bar has one length of error to both sides: the longer one.
        spreads.stream()
            .map(spread -> Math.max(spread.max() - spread.median(), spread.median() - spread.min()))
            .toList());
  }
}
