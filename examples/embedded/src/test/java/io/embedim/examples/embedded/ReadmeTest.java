package io.embedim.examples.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadmeTest {

  private static final Pattern EXAMPLE =
      Pattern.compile("<!-- example: embed -->\\s*```java\\n(.*?)```", Pattern.DOTALL);

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "README.zh-CN.md"})
  void the_example_in_the_readme_is_the_one_that_is_compiled_here(String readme)
      throws IOException {
    Matcher example = EXAMPLE.matcher(Files.readString(Path.of("../..", readme)));

    assertThat(example.find()).isTrue();
    assertThat(example.group(1)).isEqualTo(compiled());
    assertThat(example.group(1).lines().filter(line -> !line.isBlank())).hasSizeLessThan(16);
  }

  @Test
  void the_embedded_application_has_at_most_30_lines() throws IOException {
    assertThat(
            Files.readAllLines(
                Path.of("src/main/java/io/embedim/examples/embedded/EmbeddedChat.java")))
        .hasSizeLessThanOrEqualTo(30);
  }

  private static String compiled() throws IOException {
    List<String> lines =
        Files.readAllLines(
            Path.of("src/test/java/io/embedim/examples/embedded/ReadmeExample.java"));
    int begin = lines.indexOf("    // begin");
    int end = lines.indexOf("    // end");
    return String.join("\n", lines.subList(begin + 1, end)).stripIndent() + "\n";
  }
}
