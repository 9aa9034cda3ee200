package io.embedim.examples.server.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link Browser}, and the {@link ServerApi} of a server that is as it comes, but for
 * keeping what messages said before an edit, the same ones to all; skips them where there is no
 * Chromium.
 */
final class Stage implements BeforeAllCallback, ParameterResolver {

  @Override
  public void beforeAll(ExtensionContext context) {
    assumeTrue(chromium(context).isPresent(), Chromium.NONE);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Browser.class || type == ServerApi.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Browser.class
        ? chromium(context).orElseThrow().browser()
        : server(context).api();
  }

  private static ServerProcess server(ExtensionContext context) {
    return store(context)
        .computeIfAbsent(Server.class, type -> Server.started(), Server.class)
        .process();
  }

  private static Optional<Chromium> chromium(ExtensionContext context) {
    return store(context)
        .computeIfAbsent(Search.class, type -> Search.made(), Search.class)
        .result();
  }

  private static ExtensionContext.Store store(ExtensionContext context) {
    return context.getRoot().getStore(Namespace.create(Stage.class));
  }

  /** Started once; stopped when all tests have run. */
  private record Server(Path directory, ServerProcess process) implements AutoCloseable {

    static Server started() {
      try {
        Path directory = Files.createTempDirectory("im-server");
        ServerSetup setup = ServerSetup.in(directory).set("messages.keeps_edits", "true");
        return new Server(directory, setup.start());
      } catch (IOException e) {
        throw new UncheckedIOException("there is no place for the server's data", e);
      }
    }

    @Override
    public void close() throws IOException {
      process.close();
      try (Stream<Path> paths = Files.walk(directory)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  /** Made once; what was found is closed when all tests have run. */
  private record Search(Optional<Chromium> result) implements AutoCloseable {

    static Search made() {
      Optional<Chromium> result = Chromium.start();
      if (result.isEmpty()) {
        System.out.println(Chromium.NONE);
      }
      return new Search(result);
    }

    @Override
    public void close() {
      result.ifPresent(Chromium::close);
    }
  }
}
