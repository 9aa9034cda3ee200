package io.embedim.examples.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that the READMEs begin with. */
class RunCommandIT {

  static final String COMMAND = "./run";

  @TempDir Path directory;

  @Test
  void it_starts_the_server_and_says_where_it_is_and_how_to_log_in() {
    ServerSetup setup = ServerSetup.in(directory);
    List<String> command =
        List.of(
            Path.of("..", "..").resolve(COMMAND).toString(),
            "--port",
            String.valueOf(setup.port()),
            "--data",
            setup.data().toString());
    try (ServerProcess server =
        ServerProcess.start(command, setup.port(), directory.resolve("server.log"))) {
      assertThat(server.api().isHealthy()).isTrue();
      assertThat(server.printed()).contains(":" + setup.port());
      assertThat(server.api().login("alice")).isNotEmpty();
    }
  }
}
