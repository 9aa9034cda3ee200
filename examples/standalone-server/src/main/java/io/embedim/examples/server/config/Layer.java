package io.embedim.examples.server.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Values from one place, in the order in which they were given; the last one of a key counts. */
public final class Layer {

  static final String VARIABLE_PREFIX = "IM_";

  /** No settings: variables of the build's tests, and of the input methods of Linux desktops. */
  private static final List<String> OTHERS = List.of("IM_TEST_", "IM_CONFIG_");

  private final List<Given> values = new ArrayList<>();

  /**
   * A value as somebody wrote it.
   *
   * @param name the key, or the variable's name, as it was written
   * @param key the key that is meant
   * @param source where it was written, to follow the word "from"
   */
  record Given(String name, String key, String text, String source) {}

  /** Adds a value that was given as an option. */
  public void add(String key, String text, String source) {
    values.add(new Given(key, key, text.strip(), source));
  }

  List<Given> values() {
    return List.copyOf(values);
  }

  /**
   * What a file says.
   *
   * @throws ConfigurationException when it cannot be read, or says a key twice
   */
  public static Layer file(Path file) {
    Layer layer = new Layer();
    Properties properties =
        new Properties() {
          @Override
          public synchronized Object put(Object key, Object value) {
            layer.add(key.toString(), value.toString(), "file " + file);
            return super.put(key, value);
          }
        };
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigurationException(
          "--config is '"
              + file
              + "': expected a readable file of lines key=value in UTF-8 ("
              + e.getClass().getSimpleName()
              + ")");
    }
    if (layer.values.size() > properties.size()) {
      throw new ConfigurationException(
          layer.values.stream()
              .map(Given::key)
              .filter(key -> layer.values.stream().filter(v -> v.key().equals(key)).count() > 1)
              .distinct()
              .map(key -> key + " is given several times in file " + file + ": expected once")
              .toList());
    }
    return layer;
  }

  /** What the environment says in variables that begin with {@code IM_}. */
  public static Layer environment(Map<String, String> variables) {
    Layer layer = new Layer();
    variables.entrySet().stream()
        .filter(variable -> variable.getKey().startsWith(VARIABLE_PREFIX))
        .filter(variable -> OTHERS.stream().noneMatch(variable.getKey()::startsWith))
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            variable ->
                layer.values.add(
                    new Given(
                        variable.getKey(),
                        ServerSettings.byVariable(variable.getKey())
                            .map(Setting::key)
                            .orElse(variable.getKey()),
                        variable.getValue().strip(),
                        "the environment variable " + variable.getKey())));
    return layer;
  }
}
