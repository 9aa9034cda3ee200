package io.embedim.examples.server.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests a {@link Browser}, the same one to all; skips them where there is no Chromium. */
final class Stage implements BeforeAllCallback, ParameterResolver {

  @Override
  public void beforeAll(ExtensionContext context) {
    assumeTrue(chromium(context).isPresent(), Chromium.NONE);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Browser.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return chromium(context).orElseThrow().browser();
  }

  private static Optional<Chromium> chromium(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(Stage.class))
        .computeIfAbsent(Search.class, type -> Search.made(), Search.class)
        .result();
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
