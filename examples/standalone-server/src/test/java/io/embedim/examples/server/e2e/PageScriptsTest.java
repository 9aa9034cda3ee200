package io.embedim.examples.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Runs the tests of the page's scripts, which are scripts themselves, where there is a Node. */
class PageScriptsTest {

  private static final int OLDEST_NODE = 20;
  private static final Path SCRIPTS = Path.of("src", "test", "js");
  private static final Pattern VERSION = Pattern.compile("v(\\d+)\\..*", Pattern.DOTALL);
  private static final Pattern PASSED = Pattern.compile("^# pass (\\d+)$", Pattern.MULTILINE);

  private record Ended(int status, String output) {}

  @Test
  void the_tests_of_the_page_s_scripts_pass() throws IOException, InterruptedException {
    Optional<Integer> node = node();
    if (node.isEmpty() || node.get() < OLDEST_NODE) {
      String found = node.map(major -> "Node " + major).orElse("no Node");
      String words =
          "There is "
              + found
              + " on the PATH, and the tests of the page's scripts need Node "
              + OLDEST_NODE
              + " or later: they are skipped.";
      System.out.println(words);
      abort(words);
    }
    List<String> command = new ArrayList<>(List.of("node", "--test", "--test-reporter=tap"));
    try (Stream<Path> files = Files.list(SCRIPTS)) {
      files.map(Path::toString).filter(name -> name.endsWith(".test.mjs")).forEach(command::add);
    }
    Ended tests = run(command);

    assertThat(tests.status()).as(tests.output()).isZero();
    Matcher passed = PASSED.matcher(tests.output());
    assertThat(passed.find()).as(tests.output()).isTrue();
    assertThat(Integer.parseInt(passed.group(1))).isGreaterThan(100);
  }

  private static Optional<Integer> node() throws InterruptedException {
    try {
      Matcher version = VERSION.matcher(run(List.of("node", "--version")).output());
      return version.matches() ? Optional.of(Integer.valueOf(version.group(1))) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // There is no such program.
    }
  }

  private static Ended run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(Eventually.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), output);
  }
}
