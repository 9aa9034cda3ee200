package io.embedim.examples.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChromiumTest {

  @TempDir Path directory;

  private Path program(String name) throws IOException {
    Path program = Files.createFile(directory.resolve(name));
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return program;
  }

  private String path() {
    return directory.resolve("nothing") + File.pathSeparator + directory;
  }

  @Test
  void the_named_one_is_taken_before_all_others() throws IOException {
    program("chromium");
    Path named = program("mine");

    assertThat(Chromium.find(Optional.of(named.toString()), path())).contains(named);
  }

  @Test
  void a_named_one_that_cannot_be_run_is_an_error_and_not_skipped() {
    String missing = directory.resolve("missing").toString();

    assertThatThrownBy(() -> Chromium.find(Optional.of(missing), path()))
        .hasMessageContainingAll("IM_TEST_CHROMIUM", missing);
  }

  @Test
  void without_a_name_the_path_is_searched() throws IOException {
    program("google-chrome");
    Path chromium = program("chromium-browser");

    assertThat(Chromium.find(Optional.empty(), path())).contains(chromium);
  }

  @Test
  void on_a_machine_without_one_there_is_none() throws IOException {
    Files.createFile(directory.resolve("chromium")); // Not a program.

    assertThat(Chromium.find(Optional.empty(), path())).isEmpty();
  }
}
