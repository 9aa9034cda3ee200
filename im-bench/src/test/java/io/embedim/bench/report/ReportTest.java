package io.embedim.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

  @TempDir Path folder;

  private static Side side(String name, double... values) {
    return new Side(name, Arrays.stream(values).mapToObj(Sample::of).toList());
  }

  private static Report report(Target target, Side subject, Side baseline) {
    return new Report(
        "thing",
        "messages/s",
        "So it was.",
        List.of(new Comparison("case", subject, baseline, target)));
  }

  @Test
  void the_median_of_the_rounds_decides_and_their_ends_are_shown() {
    Spread odd = Spread.of(5, 1, 3);
    Spread even = Spread.of(4, 1, 3, 2);

    assertThat(odd).isEqualTo(new Spread(3, 1, 5));
    assertThat(even).isEqualTo(new Spread(2.5, 1, 4));
  }

  @Test
  void a_ratio_is_that_of_the_sides_in_the_same_round() {
    // The machine was twice as fast in the second round, for both.
    Comparison comparison =
        new Comparison(
            "case", side("a", 50, 100, 50), side("b", 100, 200, 100), Target.ratioAtLeast(0.5));

    assertThat(comparison.figures()).isEqualTo(new Spread(0.5, 0.5, 0.5));
  }

  @Test
  void a_table_says_whether_the_target_was_met() {
    Side low = side("a", 60);
    Side high = side("b", 100);

    assertThat(report(Target.ratioAtLeast(0.6), low, high).markdown()).contains("| yes |");
    assertThat(report(Target.ratioAtLeast(0.61), low, high).markdown()).contains("| **no** |");
    assertThat(report(Target.differenceAtMost(40), high, low).markdown()).contains("| yes |");
    assertThat(report(Target.differenceAtMost(39), high, low).markdown()).contains("| **no** |");
    assertThat(report(Target.valueAtMost(60), low, high).markdown()).contains("| yes |");
    assertThat(report(Target.valueAtMost(59), low, high).markdown()).contains("| **no** |");
    assertThat(report(Target.NONE, low, high).markdown())
        .doesNotContain("yes")
        .doesNotContain("no*");
  }

  @Test
  void sides_of_different_rounds_are_not_compared() {
    Side one = side("a", 1);
    Side two = side("b", 1, 2);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Comparison("case", one, two, Target.NONE))
        .withMessageContaining("same rounds");
    assertThatIllegalArgumentException().isThrownBy(() -> side("nothing"));
  }

  @Test
  void numbers_have_three_digits_that_count() {
    assertThat(Figures.of(0.123)).isEqualTo("0.12");
    assertThat(Figures.of(12.34)).isEqualTo("12.3");
    assertThat(Figures.of(123.4)).isEqualTo("123");
    assertThat(Figures.of(123_456)).isEqualTo("123,000");
    assertThat(Figures.of(Double.NaN)).isEqualTo("–");
  }

  @Test
  void a_report_takes_its_place_in_the_document_and_leaves_the_rest() throws IOException {
    Path file = folder.resolve("performance.md");
    Files.writeString(
        file, "# Title\n\n<!-- begin thing -->\nold\n<!-- end thing -->\n\nMore prose.\n");
    Report report = report(Target.NONE, side("a", 1, 2), side("b", 1, 2));

    Document.of(folder).put(report);
    Document.of(folder).put(report);

    assertThat(file)
        .content()
        .startsWith("# Title\n\n<!-- begin thing -->\n\n| ")
        .endsWith("<!-- end thing -->\n\nMore prose.\n")
        .containsOnlyOnce(report.markdown())
        .contains("![thing](images/performance-thing.png)")
        .doesNotContain("old");
    assertThat(ImageIO.read(folder.resolve("images/performance-thing.png").toFile())).isNotNull();
  }

  @Test
  void a_report_without_a_place_is_put_at_the_end() throws IOException {
    Path file = folder.resolve("performance.md");
    Files.writeString(file, "# Title\n");

    Document.of(folder).put(report(Target.NONE, side("a", 1), side("b", 1)));

    assertThat(file).content().startsWith("# Title\n").contains("<!-- begin thing -->\n\n| ");
  }
}
