package io.embedim.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.spi.model.ConversationId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of an operation as a client gave them: a JSON object, or the query of a URL. They
 * are checked when they are asked for; each check fails with an {@link ImException} of {@code
 * invalid_argument} that names the parameter, what it was and what is allowed.
 */
public final class Parameters {

  /** No parameters at all. */
  public static final Parameters NONE =
      new Parameters(JsonNodeFactory.instance.objectNode(), "", Source.JSON);

  /** The fields of a content that a frame does not have. */
  static final Parameters EMPTY_CONTENT =
      new Parameters(JsonNodeFactory.instance.objectNode(), "content.", Source.JSON);

  private final ObjectNode values;
  private final String prefix;
  private final Source source;

  /** Where values come from: a query knows only text. */
  private enum Source {
    JSON,
    QUERY
  }

  private Parameters(ObjectNode values, String prefix, Source source) {
    this.values = values;
    this.prefix = prefix;
    this.source = source;
  }

  /**
   * The parameters of a URL's query, decoded. Numbers and booleans are read from their text; a list
   * is a parameter that is given several times, or once with commas.
   */
  public static Parameters ofQuery(Map<String, List<String>> query) {
    ObjectNode values = JsonNodeFactory.instance.objectNode();
    query.forEach(
        (name, texts) -> {
          if (!texts.isEmpty()) {
            values.put(name, String.join(",", texts));
          }
        });
    return new Parameters(values, "", Source.QUERY);
  }

  /** The fields of an object that stands under {@code prefix} in its frame. */
  static Parameters of(ObjectNode values, String prefix) {
    return new Parameters(values, prefix, Source.JSON);
  }

  /** The object itself, as JSON. */
  String json() {
    return values.toString();
  }

  /** What a parameter is called in a refusal. */
  String path(String name) {
    return prefix + name;
  }

  boolean has(String name) {
    return value(name) != null;
  }

  @Nullable String string(String name) {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    if (!value.isTextual()) {
      throw wrongType(name, value, "a string");
    }
    String text = value.textValue();
    if (!CleanText.isClean(text)) {
      throw invalid(prefix + name + CleanText.COMPLAINT);
    }
    return text;
  }

  String requiredString(String name) {
    String text = string(name);
    if (text == null || text.isEmpty()) {
      throw missing(name, "a string");
    }
    return text;
  }

  @Nullable Boolean flag(String name) {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    if (value.isBoolean()) {
      return value.booleanValue();
    }
    if (source == Source.QUERY) {
      String text = value.textValue();
      if (text.equals("true") || text.equals("1")) {
        return true;
      }
      if (text.equals("false") || text.equals("0")) {
        return false;
      }
    }
    throw wrongType(name, value, "true or false");
  }

  @Nullable Long number(String name, long min, long max) {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    String expected = "an integer of " + range(min, max);
    long number;
    if (value.isIntegralNumber()) {
      if (!value.canConvertToLong()) {
        throw invalid(prefix + name + " is out of range, expected " + expected);
      }
      number = value.longValue();
    } else if (source == Source.QUERY) {
      try {
        number = Long.parseLong(value.textValue());
      } catch (NumberFormatException e) {
        throw wrongType(name, value, expected);
      }
    } else {
      throw wrongType(name, value, expected);
    }
    if (number < min || number > max) {
      throw invalid(prefix + name + " is " + number + ", expected " + expected);
    }
    return number;
  }

  long requiredNumber(String name, long min, long max) {
    Long number = number(name, min, max);
    if (number == null) {
      throw missing(name, "an integer of " + range(min, max));
    }
    return number;
  }

  /** A page's size: 1 to {@code max}, which is also what it is when it is not given. */
  int limit(int max) {
    Long limit = number("limit", 1, max);
    return limit == null ? max : limit.intValue();
  }

  ConversationId conversationId() {
    ConversationId id = conversationId("conversation_id");
    if (id == null) {
      throw invalid(prefix + "conversation_id is missing, " + ConversationIds.EXPECTED);
    }
    return id;
  }

  /** A conversation's id; null when it was not given. */
  @Nullable ConversationId conversationId(String name) {
    String text = string(name);
    return text == null ? null : ConversationIds.parse(text, prefix + name + " is not valid");
  }

  /** An id; null when it was not given. */
  @Nullable String id(String name, IdKind kind) {
    String id = string(name);
    if (id != null && !kind.matches(id)) {
      throw invalid(prefix + name + " is not valid, " + kind.expected());
    }
    return id;
  }

  String requiredId(String name, IdKind kind) {
    String id = id(name, kind);
    if (id == null) {
      throw missing(name, "a " + kind.noun());
    }
    return id;
  }

  /** Ids, each once; null when the parameter was not given. */
  @Nullable Set<String> ids(String name, int max, IdKind kind) {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    Set<String> ids = new LinkedHashSet<>();
    if (value.isArray()) {
      value.forEach(entry -> ids.add(entry.isTextual() ? entry.textValue() : ""));
    } else if (source == Source.QUERY) {
      ids.addAll(Arrays.asList(value.textValue().split(",")));
    } else {
      throw wrongType(name, value, "an array of " + kind.noun() + "s");
    }
    if (ids.size() > max) {
      throw invalid(prefix + name + " has " + ids.size() + " entries, expected at most " + max);
    }
    if (!ids.stream().allMatch(kind::matches)) {
      throw invalid(
          prefix + name + " has an entry that is no " + kind.noun() + ", " + kind.expected());
    }
    return ids;
  }

  Set<String> requiredIds(String name, int max, IdKind kind) {
    Set<String> ids = ids(name, max, kind);
    if (ids == null || ids.isEmpty()) {
      throw missing(name, "an array of 1 to " + max + " " + kind.noun() + "s");
    }
    return ids;
  }

  /** Sequence numbers by conversation; empty when the parameter was not given. */
  Map<ConversationId, Long> cursors(String name) {
    JsonNode value = value(name);
    if (value == null) {
      return Map.of();
    }
    if (!value.isObject()) {
      throw wrongType(name, value, "an object of sequence numbers by conversation id");
    }
    Map<ConversationId, Long> cursors = new HashMap<>();
    Parameters entries = of((ObjectNode) value, prefix + name + ".");
    value
        .fieldNames()
        .forEachRemaining(
            field ->
                cursors.put(
                    ConversationIds.parse(
                        field, prefix + name + " has a name that is no conversation id"),
                    entries.requiredNumber(field, 0, Long.MAX_VALUE)));
    return cursors;
  }

  /** The object under {@code name}; an empty one when it was not given. */
  Parameters object(String name) {
    JsonNode value = value(name);
    if (value == null) {
      return NONE;
    }
    if (!value.isObject()) {
      throw wrongType(name, value, "an object");
    }
    return of((ObjectNode) value, "");
  }

  static ImException invalid(String problem) {
    return new ImException(ImError.INVALID_ARGUMENT, problem);
  }

  private @Nullable JsonNode value(String name) {
    JsonNode value = values.get(name);
    return value == null || value.isNull() ? null : value;
  }

  private ImException missing(String name, String expected) {
    return invalid(prefix + name + " is missing, expected " + expected);
  }

  private ImException wrongType(String name, JsonNode actual, String expected) {
    return invalid(prefix + name + " is " + describe(actual) + ", expected " + expected);
  }

  private static String range(long min, long max) {
    return max == Long.MAX_VALUE ? min + " or more" : min + " to " + max;
  }

  private static String describe(JsonNode value) {
    return switch (value.getNodeType()) {
      case ARRAY -> "an array";
      case BOOLEAN -> "a boolean";
      case NUMBER -> value.isIntegralNumber() ? "a number" : "a number with a fraction";
      case OBJECT -> "an object";
      case STRING -> "a string";
      default -> "null";
    };
  }
}
