package io.embedim.examples.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.core.ImSettings;
import io.embedim.core.MessageRules;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The file that documents the configuration says what the table of settings says. */
class DocumentedFileTest {

  private static final Path SHIPPED = Path.of("im-server.properties");

  @Test
  void the_shipped_file_is_what_print_config_prints() throws IOException {
    assertThat(Files.readString(SHIPPED)).isEqualTo(DocumentedFile.text());
  }

  @Test
  void the_jar_carries_the_same_file() throws IOException {
    try (InputStream packed = getClass().getResourceAsStream("/im-server.properties")) {
      assertThat(packed).isNotNull();
      assertThat(new String(packed.readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo(DocumentedFile.text());
    }
  }

  @Test
  void it_lists_exactly_the_keys_there_are_with_their_defaults() throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(Files.readString(SHIPPED)));
    assertThat(properties.stringPropertyNames())
        .containsExactlyInAnyOrderElementsOf(
            ServerSettings.all().stream().map(Setting::key).toList());
    assertThat(ServerSettings.all())
        .allSatisfy(
            setting ->
                assertThat(properties.getProperty(setting.key())).isEqualTo(setting.defaultText()));
  }

  @Test
  void read_again_it_changes_nothing() {
    Configuration configuration = Configuration.of(List.of(Layer.file(SHIPPED)));
    Configuration defaults = Configuration.of(List.of());
    assertThat(ServerSettings.all())
        .allSatisfy(
            setting ->
                assertThat((Object) configuration.get(setting)).isEqualTo(defaults.get(setting)));
  }

  @Test
  void no_two_keys_have_the_same_name_or_variable() {
    List<Setting<?>> all = ServerSettings.all();
    assertThat(all.stream().map(Setting::key).distinct()).hasSameSizeAs(all);
    assertThat(all.stream().map(Setting::variable).distinct()).hasSameSizeAs(all);
  }

  @Test
  void every_setting_of_the_engine_can_be_configured() {
    Layer everyOther = new Layer();
    for (Setting<?> setting : ServerSettings.all()) {
      Object value = setting.type().parse(setting.defaultText());
      if (isTheEngines(setting)) {
        everyOther.add(setting.key(), another(value), "test");
      }
    }
    ImSettings changed = EngineSettings.of(Configuration.of(List.of(everyOther)));
    assertThat(changedGetters(changed)).isEqualTo(getters());
    for (RecordComponent rule : MessageRules.class.getRecordComponents()) {
      assertThat(get(rule.getAccessor(), changed.messageRules()))
          .as(rule.getName())
          .isNotEqualTo(get(rule.getAccessor(), MessageRules.DEFAULTS));
    }
  }

  private static boolean isTheEngines(Setting<?> setting) {
    return EngineSettings.ALL.stream().anyMatch(part -> part.settings().contains(setting));
  }

  private static String another(Object value) {
    if (value instanceof Integer number) {
      return Integer.toString(number - 1);
    }
    if (value instanceof Duration duration) {
      return duration.toMillis() - 1 + "ms";
    }
    if (value instanceof Boolean flag) {
      return Boolean.toString(!flag);
    }
    Enum<?> choice = (Enum<?>) value;
    return Arrays.stream(choice.getDeclaringClass().getEnumConstants())
        .filter(other -> other != choice)
        .map(other -> other.name().toLowerCase(Locale.ROOT))
        .findFirst()
        .orElseThrow();
  }

  private static Set<String> getters() {
    return gettersOfSettings().map(Method::getName).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> changedGetters(ImSettings settings) {
    return gettersOfSettings()
        .filter(getter -> !get(getter, settings).equals(get(getter, ImSettings.defaults())))
        .map(Method::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<Method> gettersOfSettings() {
    return Arrays.stream(ImSettings.class.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .filter(method -> !Modifier.isStatic(method.getModifiers()))
        .filter(method -> method.getParameterCount() == 0)
        .filter(method -> !method.getName().equals("toString"));
  }

  private static Object get(Method getter, Object settings) {
    try {
      return getter.invoke(settings);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }
}
