package io.embedim.examples.server.config;

import io.embedim.examples.server.config.Layer.Given;
import io.embedim.examples.server.config.Setting.Visibility;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A value for every setting, all of them allowed. */
public final class Configuration {

  private static final String DEFAULT = "default";

  private final Map<String, Value> values;

  private Configuration(Map<String, Value> values) {
    this.values = values;
  }

  private record Value(Object value, String text, String source) {}

  /**
   * Takes each setting from the last layer that gives it, or else its default. Every value of every
   * layer is checked, also one that another layer outdoes.
   *
   * @param layers the one that counts least first
   * @throws ConfigurationException with everything that is wrong
   */
  public static Configuration of(List<Layer> layers) {
    Map<String, Value> values = new HashMap<>();
    List<String> problems = new ArrayList<>();
    for (Setting<?> setting : ServerSettings.all()) {
      Object value = setting.type().parse(setting.defaultText());
      if (value == null) {
        throw new IllegalStateException("the default of " + setting.key() + " is not allowed");
      }
      values.put(setting.key(), new Value(value, setting.defaultText(), DEFAULT));
    }
    for (Layer layer : layers) {
      for (Given given : layer.values()) {
        Setting<?> setting = ServerSettings.byKey(given.key()).orElse(null);
        if (setting == null) {
          problems.add(unknown(given));
          continue;
        }
        Object value = setting.type().parse(given.text());
        if (value == null) {
          problems.add(wrong(setting, given.text(), given.source(), setting.type().allowed()));
        } else {
          values.put(setting.key(), new Value(value, given.text(), given.source()));
        }
      }
    }
    if (problems.isEmpty()) {
      Configuration configuration = new Configuration(Map.copyOf(values));
      problems.addAll(Consistency.problems(configuration));
      if (problems.isEmpty()) {
        return configuration;
      }
    }
    throw new ConfigurationException(problems);
  }

  @SuppressWarnings("unchecked") // what was stored under the key came from the setting's own type
  public <T> T get(Setting<T> setting) {
    return (T) value(setting.key()).value();
  }

  /** Says that the value of this setting cannot be used, and what could be. */
  public String problem(Setting<?> setting, String expected) {
    Value value = value(setting.key());
    return wrong(setting, value.text(), value.source(), expected);
  }

  /** What does not have its default, and where it was given; without secrets. */
  public List<String> given() {
    return ServerSettings.all().stream()
        .filter(setting -> !value(setting.key()).source().equals(DEFAULT))
        .map(
            setting -> {
              Value value = value(setting.key());
              boolean secret = setting.visibility() == Visibility.SECRET;
              return setting.key()
                  + "="
                  + (secret ? "(not shown)" : value.text())
                  + " ("
                  + value.source()
                  + ")";
            })
        .toList();
  }

  private Value value(String key) {
    Value value = values.get(key);
    if (value == null) {
      throw new IllegalArgumentException("not a declared setting: " + key);
    }
    return value;
  }

  private static String wrong(Setting<?> setting, String text, String source, String expected) {
    String shown = setting.visibility() == Visibility.SECRET ? "(not shown)" : "'" + text + "'";
    return setting.key() + " is " + shown + " (from " + source + "): expected " + expected;
  }

  /** Without the value: it may be a secret whose key has a wrong letter. */
  private static String unknown(Given given) {
    return given.name()
        + " (from "
        + given.source()
        + ") is no key: expected one that --print-config lists";
  }
}
