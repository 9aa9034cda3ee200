package io.embedim.examples.server.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The kinds of values that settings have. */
final class ValueTypes {

  private static final Pattern DURATION = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");

  private static final Map<String, Function<Long, Duration>> UNITS =
      Map.of(
          "ms", Duration::ofMillis,
          "s", Duration::ofSeconds,
          "m", Duration::ofMinutes,
          "h", Duration::ofHours,
          "d", Duration::ofDays);

  private ValueTypes() {}

  /** A type made of a function that answers null for what is not allowed. */
  private record Described<T>(Function<String, @Nullable T> parser, String allowed)
      implements ValueType<T> {

    @Override
    public @Nullable T parse(String text) {
      return parser.apply(text);
    }
  }

  static ValueType<Integer> integer(int min, int max) {
    return new Described<>(
        text -> {
          if (!text.matches("-?\\d{1,9}")) {
            return null;
          }
          int value = Integer.parseInt(text);
          return value < min || value > max ? null : value;
        },
        "a whole number from " + min + " to " + max);
  }

  static ValueType<Duration> duration(Duration min, Duration max) {
    return new Described<>(
        text -> {
          Matcher matcher = DURATION.matcher(text);
          if (!matcher.matches()) {
            return null;
          }
          Duration value =
              UNITS
                  .getOrDefault(matcher.group(2), Duration::ofMillis)
                  .apply(Long.parseLong(matcher.group(1)));
          return value.compareTo(min) < 0 || value.compareTo(max) > 0 ? null : value;
        },
        "a time from " + text(min) + " to " + text(max) + ", with its unit: ms, s, m, h or d");
  }

  /** How a duration is written, in the largest unit that has no remainder. */
  static String text(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1000 != 0) {
      return millis + "ms";
    }
    long seconds = millis / 1000;
    if (seconds % 86_400 == 0 && seconds > 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds % 3600 == 0 && seconds > 0) {
      return seconds / 3600 + "h";
    }
    return seconds % 60 == 0 && seconds > 0 ? seconds / 60 + "m" : seconds + "s";
  }

  static ValueType<Boolean> bool() {
    return choice(Map.of("true", true, "false", false));
  }

  /** One of an enum's constants, called by its name in lower case. */
  static <E extends Enum<E>> ValueType<E> choice(Class<E> type) {
    return choice(
        Arrays.stream(type.getEnumConstants())
            .collect(Collectors.toMap(value -> value.name().toLowerCase(Locale.ROOT), v -> v)));
  }

  /** One of these names, written in upper or lower case. */
  static <T> ValueType<T> choice(Map<String, T> values) {
    Map<String, T> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    byName.putAll(values);
    return new Described<>(byName::get, "one of " + String.join(", ", byName.keySet()));
  }

  static ValueType<String> text(Predicate<String> isAllowed, String allowed) {
    return new Described<>(text -> isAllowed.test(text) ? text : null, allowed);
  }

  static ValueType<String> anyText() {
    return text(text -> true, "any text");
  }

  /** Empty, or the address of a server: scheme, host and perhaps a port, but nothing behind. */
  static ValueType<String> serverAddress() {
    return text(
        text -> text.isEmpty() || isOrigin(text),
        "nothing, or an address like https://chat.example.com without a path");
  }

  /** Addresses of servers, separated by commas; or an asterisk. */
  static ValueType<Set<String>> origins() {
    return new Described<>(
        text -> {
          if (text.equals("*")) {
            return Set.of("*");
          }
          List<String> origins =
              text.isEmpty()
                  ? List.of()
                  : Arrays.stream(text.split(",", -1)).map(String::strip).toList();
          return origins.stream().allMatch(ValueTypes::isOrigin)
              ? new LinkedHashSet<>(origins)
              : null;
        },
        "nothing, or origins like https://chat.example.com separated by commas, or * for any");
  }

  static ValueType<String> webAddress() {
    return text(
        text -> text.isEmpty() || isWebAddress(text),
        "nothing, or an address that begins with https:// or http://");
  }

  private static boolean isOrigin(String text) {
    if (!isWebAddress(text)) {
      return false;
    }
    URI uri = URI.create(text);
    return uri.getRawPath().isEmpty()
        && uri.getRawQuery() == null
        && uri.getRawFragment() == null
        && uri.getRawUserInfo() == null;
  }

  private static boolean isWebAddress(String text) {
    try {
      URI uri = new URI(text);
      return uri.getHost() != null && Set.of("http", "https").contains(uri.getScheme());
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
