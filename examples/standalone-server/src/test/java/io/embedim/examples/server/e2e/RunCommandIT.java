package io.embedim.examples.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that the READMEs begin with, in a copy of the tree in which the server is built. */
class RunCommandIT {

  static final String COMMAND = "./run";

  /** What is made from the tree, or is not of it. */
  private static final Set<String> LEFT_OUT = Set.of("target", "data", ".git", "node_modules");

  private static final int TERMINATED = 128 + 15;

  @TempDir Path directory;

  private Path tree;
  private ServerSetup setup;

  @BeforeEach
  void copyTree() throws IOException {
    tree = directory.resolve("tree");
    setup = ServerSetup.in(directory);
    copy(Path.of("..", ".."), tree);
    Path target = Files.createDirectory(tree.resolve("examples/standalone-server/target"));
    // Now made, so newer than all sources.
    Files.copy(ServerSetup.jar(), target.resolve("im-server.jar"));
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            if (LEFT_OUT.contains(folder.getFileName().toString())) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectory(to.resolve(from.relativize(folder)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (!LEFT_OUT.contains(file.getFileName().toString())) {
              Files.copy(
                  file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private ProcessBuilder command(String... options) {
    List<String> command = new ArrayList<>(List.of(COMMAND));
    command.addAll(List.of(options));
    ProcessBuilder builder = new ProcessBuilder(command).directory(tree.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder;
  }

  private ServerProcess start(ProcessBuilder builder) {
    return ServerProcess.start(builder, setup.port(), directory.resolve("server.log"));
  }

  private record Ended(int status, String printed) {}

  private static Ended run(ProcessBuilder builder) throws IOException, InterruptedException {
    Process process = builder.redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(Eventually.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), printed);
  }

  /** As printed in the READMEs; the variable only spares the test the port that others may use. */
  @Test
  void it_starts_the_server_says_where_it_is_and_how_to_log_in_and_ends_when_it_is_told() {
    ProcessBuilder builder = command();
    builder.environment().put("IM_SERVER_PORT", String.valueOf(setup.port()));
    try (ServerProcess server = start(builder)) {
      Eventually.until("the welcome", () -> server.printed().contains("Ctrl+C stops the server."));
      assertThat(server.printed())
          .contains("EmbedIM is running at http://127.0.0.1:" + setup.port() + "/\n", "Log in: ")
          .doesNotContain("Building");
      assertThat(server.api().login("alice")).isNotEmpty();
      assertThat(tree.resolve("data")).isDirectoryContaining("glob:**.mv.db");

      assertThat(server.stop()).isEqualTo(TERMINATED);
      assertThat(server.printed()).endsWith(" - stopped\n");
    }
  }

  @Test
  void options_variables_and_a_file_configure_it() throws IOException {
    Path config = Files.writeString(directory.resolve("my.properties"), "demo_login=false\n");
    ProcessBuilder builder =
        command(
            "--port",
            String.valueOf(setup.port()),
            "--data",
            setup.data().toString(),
            "--config",
            config.toString(),
            "--set",
            "limits.messages_burst=7",
            "--set",
            "limits.messages_per_second=3");
    builder.environment().put("IM_LOG_LEVEL", "debug");
    try (ServerProcess server = start(builder)) {
      Eventually.until("the welcome", () -> server.printed().contains("Ctrl+C stops the server."));
      assertThat(server.printed())
          .contains(":" + setup.port() + "/", "register with a username and a password")
          .contains("configured: limits.messages_burst=7 (--set)")
          .contains("configured: limits.messages_per_second=3 (--set)")
          .contains("configured: log.level=debug (the environment variable IM_LOG_LEVEL)");
      assertThat(setup.data()).isNotEmptyDirectory();
      assertThat(tree.resolve("data")).doesNotExist();
    }
  }

  @Test
  void it_builds_the_server_first_when_a_source_is_newer() throws Exception {
    Path programs = Files.createDirectory(directory.resolve("programs"));
    Path asked = directory.resolve("asked");
    Path mvn = Files.writeString(programs.resolve("mvn"), "#!/bin/sh\necho \"$@\" > " + asked);
    assertThat(mvn.toFile().setExecutable(true)).isTrue();
    Files.setLastModifiedTime(
        tree.resolve("im-core/pom.xml"), FileTime.from(Instant.now().plus(Duration.ofHours(1))));
    ProcessBuilder builder = command("--version");
    builder.environment().merge("PATH", programs + ":", (path, first) -> first + path);

    Ended ended = run(builder);

    assertThat(ended.status()).as(ended.printed()).isZero();
    assertThat(ended.printed()).startsWith("Building the server");
    assertThat(asked)
        .content()
        .contains("-f " + tree.toRealPath() + "/pom.xml", "-pl examples/standalone-server -am")
        .contains(" package ");
  }

  @Test
  void without_a_java_it_says_what_it_needs() throws Exception {
    ProcessBuilder builder = command();
    builder.environment().put("JAVA_HOME", directory.resolve("nothing").toString());

    Ended ended = run(builder);

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.printed()).contains("needs a JDK, 17 or later").contains("JAVA_HOME");
  }
}
