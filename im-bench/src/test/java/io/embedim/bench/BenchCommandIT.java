package io.embedim.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands of the documentation, and every measurement as small as can be; never how fast. */
class BenchCommandIT {

  private static final Path ROOT = Path.of("..");
  private static final Path DOCUMENT = ROOT.resolve("docs/performance.md");
  private static final String COMMAND = "java -jar im-bench/target/im-bench.jar";

  /** Two database servers start, on a machine that may have much else to do. */
  private static final int MINUTES = 8;

  @TempDir Path folder;

  static Stream<String> names() {
    return Main.all().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void each_measurement_runs_and_is_written_into_the_document(String name) throws Exception {
    Files.copy(DOCUMENT, folder.resolve("performance.md"));

    Outcome outcome = run(COMMAND, name, "--smoke", "--into", folder.toString());

    assertThat(outcome.status()).as(outcome.said()).isZero();
    assertThat(outcome.said()).contains("## " + name);
    String document = Files.readString(folder.resolve("performance.md"));
    String part =
        document.substring(
            document.indexOf("<!-- begin " + name), document.indexOf("<!-- end " + name));
    // A line that says what was measured, with the figures of both sides.
    assertThat(part).containsPattern("(?m)^\\| [^|]+ \\| [0-9.,]+ \\([^|]+\\) \\|");
    assertThat(folder.resolve("images/performance-" + name + ".png")).isNotEmptyFile();
  }

  @Test
  void the_documented_commands_work() throws Exception {
    List<String> commands =
        Files.readAllLines(DOCUMENT).stream().filter(line -> line.startsWith(COMMAND)).toList();

    assertThat(commands).hasSizeGreaterThanOrEqualTo(3);
    for (String command : commands) {
      // Whether it is understood: what it does is shown by the others.
      Outcome outcome = run(command.replace(" --list", ""), "--list");
      assertThat(outcome.status()).as("%s: %s", command, outcome.said()).isZero();
      assertThat(outcome.said().lines()).containsExactlyElementsOf(names().toList());
    }
  }

  @Test
  void the_document_has_a_place_for_each_measurement() {
    assertThat(DOCUMENT)
        .content()
        .contains(
            names()
                .flatMap(
                    name -> Stream.of("<!-- begin " + name + " -->", "<!-- end " + name + " -->"))
                .toList());
  }

  @Test
  void an_unknown_name_is_refused_with_those_that_are_known() throws Exception {
    Outcome outcome = run(COMMAND, "nonsense");

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.said()).contains("'nonsense'").contains("one-to-one");
  }

  private record Outcome(int status, String said) {}

  private Outcome run(String command, String... more) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(command.split(" ")));
    words.addAll(List.of(more));
    words.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
    Path said = folder.resolve("said.txt");
    Process process =
        new ProcessBuilder(words)
            .directory(ROOT.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).as("ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Outcome(process.exitValue(), Files.readString(said));
  }
}
