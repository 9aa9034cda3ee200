package io.embedim.examples.server.config;

import java.util.Locale;

/**
 * One thing that can be configured.
 *
 * @param key its name in files and options, in snake_case with dots
 * @param type what its value may be
 * @param defaultText the value that it has when it is not given
 * @param description what it does, in whole sentences
 * @param visibility whether its value may be shown
 */
public record Setting<T>(
    String key, ValueType<T> type, String defaultText, String description, Visibility visibility) {

  /** Whether a value may stand in a message. */
  public enum Visibility {
    SHOWN,
    SECRET
  }

  static <T> Setting<T> of(String key, ValueType<T> type, String defaultText, String description) {
    return new Setting<>(key, type, defaultText, description, Visibility.SHOWN);
  }

  Setting<T> secret() {
    return new Setting<>(key, type, defaultText, description, Visibility.SECRET);
  }

  /** The name of the environment variable that sets it. */
  public String variable() {
    return Layer.VARIABLE_PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_');
  }
}
