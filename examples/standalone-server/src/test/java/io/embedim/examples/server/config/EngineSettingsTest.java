package io.embedim.examples.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.core.ImSettings;
import io.embedim.core.MessageRules;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the configuration allows is what the engine takes. */
class EngineSettingsTest {

  private static final Pattern RANGE = Pattern.compile("a whole number from (\\d+) to (\\d+)");

  static Stream<Named<Setting<?>>> numbers() {
    return EngineSettings.ALL.stream()
        .flatMap(part -> part.settings().stream())
        .filter(setting -> RANGE.matcher(setting.type().allowed()).matches())
        .map(setting -> Named.of(setting.key(), setting));
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void the_limits_of_a_number_are_the_engines_limits(Setting<?> setting) throws Exception {
    Matcher range = RANGE.matcher(setting.type().allowed());
    assertThat(range.matches()).isTrue();
    int min = Integer.parseInt(range.group(1));
    int max = Integer.parseInt(range.group(2));
    BiFunction<ImSettings.Builder, Integer, Object> setter = setter(setting);
    for (int allowed : List.of(min, max)) {
      assertThatCode(() -> setter.apply(ImSettings.builder(), allowed)).doesNotThrowAnyException();
    }
    for (int refused : List.of(min - 1, max + 1)) {
      assertThatThrownBy(() -> setter.apply(ImSettings.builder(), refused))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** The builder's method of the same name, in Java's way of writing it. */
  private static BiFunction<ImSettings.Builder, Integer, Object> setter(Setting<?> setting)
      throws NoSuchMethodException {
    String name =
        Pattern.compile("_([a-z])")
            .matcher(setting.key().substring(setting.key().indexOf('.') + 1))
            .replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
    if (EngineSettings.MESSAGES.settings().contains(setting)) {
      Method method = MessageRules.Builder.class.getMethod(name, int.class);
      return (builder, value) ->
          builder.messages(rules -> (MessageRules.Builder) set(method, rules, value));
    }
    Method method = ImSettings.Builder.class.getMethod(name, int.class);
    return (builder, value) -> set(method, builder, value);
  }

  private static Object set(Method method, Object builder, int value) {
    try {
      return method.invoke(builder, value);
    } catch (InvocationTargetException e) {
      throw (RuntimeException) e.getTargetException();
    } catch (IllegalAccessException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }
}
