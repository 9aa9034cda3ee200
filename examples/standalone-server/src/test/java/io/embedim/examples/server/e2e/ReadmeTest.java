package io.embedim.examples.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the READMEs tell a newcomer to do is what is tested, and what they show is there. */
class ReadmeTest {

  private static final Path ROOT = Path.of("..", "..");
  private static final Pattern SHELL = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(?:#[^)]*)?\\)");

  private static String read(String name) throws IOException {
    return Files.readString(ROOT.resolve(name));
  }

  /** The commands that a newcomer is to type, without what is said about them. */
  private static List<String> commands(String readme) {
    return SHELL
        .matcher(readme)
        .results()
        .flatMap(block -> block.group(1).lines())
        .map(line -> line.replaceFirst("\\s*#.*", "").strip())
        .filter(line -> !line.isEmpty())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "README.zh-CN.md"})
  void the_two_commands_are_those_that_are_tested(String readme) throws IOException {
    assertThat(commands(read(readme))).containsExactly(RunCommandIT.COMMAND, "mvn verify");
    assertThat(read(".ci/run")).contains("\ntest_command=\"mvn verify\"\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "README.zh-CN.md"})
  void every_picture_and_page_that_is_linked_is_there(String readme) throws IOException {
    List<String> links =
        LINK.matcher(read(readme))
            .results()
            .map(link -> link.group(1))
            .filter(link -> !link.startsWith("https://"))
            .toList();

    assertThat(links).anyMatch(link -> link.startsWith("docs/images/"));
    assertThat(links).allSatisfy(link -> assertThat(ROOT.resolve(link)).exists());
  }

  @Test
  void the_command_that_starts_the_server_can_be_run() {
    assertThat(ROOT.resolve(RunCommandIT.COMMAND)).isExecutable();
  }
}
