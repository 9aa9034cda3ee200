package io.embedim.examples.server.e2e;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The Chromium of this machine, driven by Playwright, which downloads no other. */
final class Chromium implements AutoCloseable {

  /** Names the program to use. */
  static final String VARIABLE = "IM_TEST_CHROMIUM";

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  /** What is said when there is none. */
  static final String NONE =
      "No Chromium on the PATH ("
          + String.join(", ", NAMES)
          + "): tests in a browser are skipped. Install one, or name it in "
          + VARIABLE
          + ".";

  /** Without its sandbox, which refuses to work for root, and without a word to the outside. */
  private static final List<String> ARGUMENTS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Path program) {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(new LaunchOptions().setExecutablePath(program).setArgs(ARGUMENTS));
    PlaywrightAssertions.setDefaultAssertionTimeout((double) Eventually.LIMIT.toMillis());
  }

  /** Starts it, where there is one. */
  static Optional<Chromium> start() {
    return find(Optional.ofNullable(System.getenv(VARIABLE)), System.getenv("PATH"))
        .map(Chromium::new);
  }

  /**
   * Looks for the program.
   *
   * @param named what the variable says
   * @param path the directories to look into
   * @throws IllegalStateException when the named one cannot be run
   */
  static Optional<Path> find(Optional<String> named, String path) {
    if (named.isPresent()) {
      Path program = Path.of(named.get());
      if (!Files.isExecutable(program)) {
        throw new IllegalStateException(
            VARIABLE + " is " + program + ", which is not a program that can be run");
      }
      return Optional.of(program);
    }
    return NAMES.stream()
        .flatMap(name -> directories(path).map(directory -> directory.resolve(name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Stream<Path> directories(String path) {
    return Arrays.stream(path.split(File.pathSeparator, -1))
        .filter(directory -> !directory.isEmpty())
        .map(Path::of);
  }

  Browser browser() {
    return browser;
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
