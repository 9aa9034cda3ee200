package io.embedim.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.examples.server.config.DocumentedFile;
import io.embedim.examples.server.config.ServerSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the command line answers when it does not start a server. */
class ServerCommandTest {

  @TempDir Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Map<String, String> environment, String... arguments) {
    CommandLine commandLine = ServerCommand.commandLine(environment);
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    return commandLine.execute(arguments);
  }

  @Test
  void the_help_names_every_key() {
    assertThat(run(Map.of(), "--help")).isZero();
    assertThat(ServerSettings.all())
        .allSatisfy(
            setting ->
                assertThat(out.toString())
                    .contains("  " + setting.key() + "=" + setting.defaultText()));
    assertThat(out.toString()).contains("--port", "--host", "--data", "--config", "--set");
  }

  @Test
  void the_configuration_can_be_printed() {
    assertThat(run(Map.of(), "--print-config")).isZero();
    assertThat(out.toString()).isEqualTo(DocumentedFile.text());
  }

  @Test
  void a_wrong_value_ends_with_2_and_is_named_with_its_source() {
    Path data = directory.resolve("data");
    assertThat(run(Map.of("IM_LOG_LEVEL", "loud"), "--port", "x", "--data", data.toString()))
        .isEqualTo(2);
    assertThat(err.toString())
        .contains("nothing was started")
        .contains("server.port is 'x' (from --port): expected a whole number from 0 to 65535")
        .contains("log.level is 'loud' (from the environment variable IM_LOG_LEVEL)");
    assertThat(out.toString()).isEmpty();
    assertThat(data).doesNotExist();
  }

  @Test
  void a_wrong_file_ends_with_2() throws Exception {
    Path file = Files.writeString(directory.resolve("my.properties"), "limits.sync_page=0\n");
    assertThat(run(Map.of(), "--config", file.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("limits.sync_page is '0' (from file " + file + ")");
    assertThat(run(Map.of(), "--config", directory.resolve("none").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("--config is '" + directory.resolve("none") + "'");
  }

  @Test
  void an_option_that_is_not_one_ends_with_2() {
    assertThat(run(Map.of(), "--prot", "1")).isEqualTo(2);
    assertThat(run(Map.of(), "--set", "log.level")).isEqualTo(2);
    assertThat(err.toString()).contains("--set is 'log.level': expected KEY=VALUE");
    assertThat(run(Map.of(), "--set", "=1")).isEqualTo(2);
    assertThat(run(Map.of(), "start")).isEqualTo(2);
  }

  @Test
  void what_cannot_start_ends_with_1() {
    int code =
        run(
            Map.of(),
            "--data",
            directory.toString(),
            "--port",
            "0",
            "--set",
            "storage.url=jdbc:h2:tcp://127.0.0.1:1/nothing");
    assertThat(code).isEqualTo(1);
    assertThat(err.toString())
        .contains("The server cannot start.")
        .contains("the database of storage.url cannot be used");
  }
}
