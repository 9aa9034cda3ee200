package io.embedim.examples.server.e2e;

import com.microsoft.playwright.Browser;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests a {@link Browser}, the same one to all; skips them where there is no Chromium. */
final class Stage implements BeforeAllCallback, ParameterResolver {

  @Override
  public void beforeAll(ExtensionContext context) {
    chromium(context);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Browser.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return chromium(context).browser();
  }

  private static Chromium chromium(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(Stage.class))
        .computeIfAbsent(Chromium.class, type -> Chromium.start(), Chromium.class);
  }
}
