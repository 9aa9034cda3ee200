package io.embedim.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.embedim.core.ImError;
import io.embedim.spi.model.Ids;
import io.embedim.spi.model.MessageOptions;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one frame as they were written, read in one pass.
 *
 * <p>The first problem is kept and reading goes on, so that an answer can echo the {@code
 * message_id} wherever in the frame it stands. Null in a field means the same as its absence.
 */
final class Envelope {

  @Nullable Long type;
  @Nullable String messageId;
  @Nullable String to;
  @Nullable String conversationId;
  @Nullable Long contentType;

  /** The content, without white space; null when there was none. */
  @Nullable String content;

  /** The string in the content's field {@code text}. */
  @Nullable String contentText;

  @Nullable Long clientTimestamp;
  @Nullable Long qos;
  @Nullable String replyTo;
  List<String> mentions = List.of();
  @Nullable String forwardedFrom;
  @Nullable Long expiresIn;

  @Nullable ImError error;
  String problem = "";

  /**
   * Reads a frame. What a client may not set ({@code from}, {@code seq}, {@code timestamp}) and
   * what is unknown is passed over.
   *
   * @throws IOException when it is not JSON; what was read until then stays
   */
  void read(JsonParser json) throws IOException {
    JsonToken first = json.nextToken();
    if (first != JsonToken.START_OBJECT) {
      refuse(
          ImError.MALFORMED_FRAME,
          "the frame is " + (first == null ? "empty" : name(first)) + ", expected a JSON object");
      return;
    }
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      if (json.nextToken() != JsonToken.VALUE_NULL) {
        readField(json, field);
      }
    }
    if (json.nextToken() != null) {
      refuse(ImError.MALFORMED_FRAME, "something follows the frame's closing brace");
    }
  }

  /**
   * Reads nothing but the content of a message, from the field {@code content} of an object.
   *
   * @param name what the field is called in a refusal
   * @throws IOException when it is not JSON
   */
  void readContent(JsonParser json, String name) throws IOException {
    json.nextToken();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      boolean wanted = json.currentName().equals("content");
      if (json.nextToken() != JsonToken.VALUE_NULL && wanted) {
        content = readObject(json, name, true);
      } else {
        json.skipChildren();
      }
    }
  }

  private void readField(JsonParser json, String field) throws IOException {
    switch (field) {
      case "type" -> type = readType(json);
      case "message_id" -> messageId = readMessageId(json, field);
      case "to" -> to = readString(json, field);
      case "conversation_id" -> conversationId = readString(json, field);
      case "content_type" -> contentType = readLong(json, field);
      case "content" -> content = readObject(json, field, true);
      case "client_timestamp" -> clientTimestamp = readLong(json, field);
      case "qos" -> qos = readLong(json, field);
      case "reply_to" -> replyTo = readMessageId(json, field);
      case "mentions" -> mentions = readMentions(json);
      case "forwarded_from" -> forwardedFrom = readObject(json, field, false);
      case "expires_in" -> expiresIn = readLong(json, field);
      default -> json.skipChildren();
    }
  }

  private @Nullable Long readType(JsonParser json) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NUMBER_INT && isLong(json)) {
      return json.getLongValue();
    }
    refuse(
        ImError.MALFORMED_FRAME,
        "type is " + name(json.currentToken()) + ", expected the number of a frame type");
    json.skipChildren();
    return null;
  }

  private @Nullable Long readLong(JsonParser json, String field) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      if (isLong(json)) {
        return json.getLongValue();
      }
      refuse(ImError.INVALID_ARGUMENT, field + " is out of range, expected a 64-bit integer");
    } else {
      refuseType(json.currentToken(), field, "an integer");
      json.skipChildren();
    }
    return null;
  }

  private static boolean isLong(JsonParser json) throws IOException {
    return switch (json.getNumberType()) {
      case INT, LONG -> true;
      default -> false;
    };
  }

  private @Nullable String readString(JsonParser json, String field) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      refuseType(json.currentToken(), field, "a string");
      json.skipChildren();
      return null;
    }
    String text = json.getText();
    if (!CleanText.isClean(text)) {
      refuse(ImError.INVALID_ARGUMENT, field + CleanText.COMPLAINT);
      return null;
    }
    return text;
  }

  private @Nullable String readMessageId(JsonParser json, String field) throws IOException {
    String id = readString(json, field);
    if (id != null && !Ids.isMessageId(id)) {
      refuse(
          ImError.INVALID_ARGUMENT,
          field + " is not valid, expected 1 to 64 characters of A-Za-z0-9_.:-");
      return null;
    }
    return id;
  }

  private List<String> readMentions(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      refuseType(json.currentToken(), "mentions", "an array of user ids, or [\"*\"]");
      json.skipChildren();
      return List.of();
    }
    // A set, so that a frame full of mentions costs no more than any other.
    Set<String> ids = new LinkedHashSet<>();
    boolean everybody = false;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      String id = json.currentToken() == JsonToken.VALUE_STRING ? json.getText() : null;
      json.skipChildren();
      everybody |= "*".equals(id);
      if (!"*".equals(id) && !Ids.isUserId(id)) {
        refuse(
            ImError.INVALID_ARGUMENT,
            "mentions has an entry that is no user id, expected user ids, or [\"*\"]");
      } else if (id != null && ids.size() <= MessageOptions.MAX_MENTIONS) {
        ids.add(id);
      }
    }
    if (everybody && ids.size() > 1) {
      refuse(ImError.INVALID_ARGUMENT, "mentions has \"*\" beside user ids, expected it alone");
    }
    if (ids.size() > MessageOptions.MAX_MENTIONS) {
      refuse(
          ImError.INVALID_ARGUMENT,
          "mentions names more than "
              + MessageOptions.MAX_MENTIONS
              + " users, expected [\"*\"] for everybody");
    }
    return List.copyOf(ids);
  }

  /** Copies an object without its white space; numbers keep their digits. */
  private @Nullable String readObject(JsonParser json, String field, boolean hasText)
      throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      refuseType(json.currentToken(), field, "an object");
      json.skipChildren();
      return null;
    }
    JsonText copy = new JsonText();
    boolean clean = true;
    try (JsonGenerator out = copy.generator()) {
      int depth = 0;
      do {
        switch (json.currentToken()) {
          case START_OBJECT -> {
            out.writeStartObject();
            depth++;
          }
          case START_ARRAY -> {
            out.writeStartArray();
            depth++;
          }
          case END_OBJECT -> {
            out.writeEndObject();
            depth--;
          }
          case END_ARRAY -> {
            out.writeEndArray();
            depth--;
          }
          case FIELD_NAME -> {
            clean &= CleanText.isClean(json.currentName());
            out.writeFieldName(json.currentName());
          }
          case VALUE_STRING -> {
            String text = json.getText();
            clean &= CleanText.isClean(text);
            if (hasText && depth == 1 && "text".equals(json.currentName())) {
              contentText = text;
            }
            out.writeString(text);
          }
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> out.writeNumber(json.getText());
          default -> out.writeRawValue(json.getText());
        }
      } while (depth > 0 && json.nextToken() != null);
    }
    if (!clean) {
      refuse(ImError.INVALID_ARGUMENT, field + CleanText.COMPLAINT);
      return null;
    }
    return copy.toString();
  }

  void refuse(ImError refusal, String why) {
    if (error == null) {
      error = refusal;
      problem = why;
    }
  }

  private void refuseType(JsonToken actual, String field, String expected) {
    refuse(ImError.INVALID_ARGUMENT, field + " is " + name(actual) + ", expected " + expected);
  }

  private static String name(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT -> "a number";
      case VALUE_NUMBER_FLOAT -> "a number with a fraction or an exponent";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      case VALUE_NULL -> "null";
      default -> "something else";
    };
  }
}
