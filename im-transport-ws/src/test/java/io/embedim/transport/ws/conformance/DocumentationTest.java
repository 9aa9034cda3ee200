package io.embedim.transport.ws.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.core.ImError;
import io.embedim.wire.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docs/protocol.md} against the schemas and the code. */
class DocumentationTest {

  private static final Path PAGE = Path.of("..", "docs", "protocol.md");
  private static final Pattern EXAMPLE =
      Pattern.compile("(?:<!-- schema: (\\S+) -->\\n)?```json\\n(.*?)\\n```", Pattern.DOTALL);

  record Example(String schema, String json) {}

  private static String page() throws IOException {
    return Files.readString(PAGE).replace("\r\n", "\n");
  }

  static List<Example> examples() throws IOException {
    List<Example> examples = new ArrayList<>();
    Matcher matcher = EXAMPLE.matcher(page());
    while (matcher.find()) {
      examples.add(new Example(String.valueOf(matcher.group(1)), matcher.group(2)));
    }
    return examples;
  }

  @ParameterizedTest
  @MethodSource("examples")
  void each_example_satisfies_the_schema_that_it_names(Example example) {
    assertThat(Schemas.names()).contains(example.schema());
    assertThat(Schemas.violations(example.schema(), Schemas.parse(example.json()))).isEmpty();
  }

  @Test
  void each_method_is_explained_with_an_example_of_its_parameters_and_result() throws IOException {
    List<String> shown = examples().stream().map(Example::schema).toList();
    for (String method : SchemasTest.methods()) {
      assertThat(page()).contains("`" + method + "`");
      assertThat(shown).contains("methods/" + method + ".params", "methods/" + method + ".result");
    }
  }

  @Test
  void what_groups_messages_and_contacts_have_stands_in_the_table_of_http() throws IOException {
    List<Operation> named =
        SchemasTest.operations().stream()
            .filter(operation -> operation.method().matches("(group|message|contact)\\..*"))
            .toList();
    assertThat(named).hasSize(18 + 15 + 3);
    for (Operation operation : named) {
      assertThat(page())
          .contains(
              "| `%s` | %s %s |".formatted(operation.method(), operation.verb(), operation.path()));
    }
  }

  @Test
  void the_table_of_types_says_which_ones_this_release_takes_from_clients() throws IOException {
    List<Integer> served = new ArrayList<>();
    Matcher row =
        Pattern.compile(
                "^\\| (\\d+) \\| \\[[A-Z_]+]\\(#\\S+\\) \\| (\\S+) \\| \\S+ \\| (\\S+) \\|$",
                Pattern.MULTILINE)
            .matcher(page());
    int rows = 0;
    while (row.find()) {
      rows++;
      if (!row.group(2).equals("S→C") && row.group(3).equals("yes")) {
        served.add(Integer.valueOf(row.group(1)));
      }
    }
    assertThat(rows).isEqualTo(30);
    assertThat(served).containsExactlyInAnyOrderElementsOf(BadInputConformanceTest.SERVED);
  }

  @Test
  void each_reason_stands_in_the_table_with_its_number() throws IOException {
    for (ImError error : ImError.values()) {
      assertThat(page()).contains("| " + error.code() + " | `" + error.reason() + "` |");
    }
  }

  @Test
  void each_link_within_the_page_leads_somewhere() throws IOException {
    String page = page();
    List<String> anchors = new ArrayList<>();
    Matcher heading = Pattern.compile("^#+ (.+)$", Pattern.MULTILINE).matcher(page);
    while (heading.find()) {
      anchors.add(
          heading
              .group(1)
              .toLowerCase(Locale.ROOT)
              .replaceAll("[^a-z0-9_ -]", "")
              .replace(' ', '-'));
    }
    Matcher link = Pattern.compile("]\\(#([^)]+)\\)").matcher(page);
    while (link.find()) {
      assertThat(anchors).contains(link.group(1));
    }
  }
}
