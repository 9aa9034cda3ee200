package io.embedim.examples.server.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Frames that clients send, and the types of those that come. */
final class Frames {

  static final int MESSAGE = 1;
  static final int ACK = 20;
  static final int PRESENCE = 27;
  static final int RESPONSE = 41;
  static final int WELCOME = 91;
  static final int ERROR = 93;
  static final int SYNC_REQUIRED = 94;

  private static final int TYPING = 23;
  private static final int REQUEST = 40;
  private static final int HEARTBEAT = 99;
  private static final ObjectMapper JSON = new ObjectMapper();

  private Frames() {}

  static ObjectNode message(String id, String to, String text) {
    ObjectNode frame = JSON.createObjectNode().put("type", MESSAGE);
    frame.put("message_id", id).put("to", to).putObject("content").put("text", text);
    return frame;
  }

  /** Everything of the conversation up to there arrived. */
  static ObjectNode received(String conversation, long seq) {
    ObjectNode frame = JSON.createObjectNode().put("type", ACK);
    frame.put("conversation_id", conversation).putObject("content").put("seq", seq);
    return frame;
  }

  static ObjectNode request(String id, String method, ObjectNode params) {
    ObjectNode frame = JSON.createObjectNode().put("type", REQUEST).put("message_id", id);
    frame.putObject("content").put("method", method).set("params", params);
    return frame;
  }

  static ObjectNode typing(String to) {
    return JSON.createObjectNode().put("type", TYPING).put("to", to);
  }

  static ObjectNode heartbeat() {
    return JSON.createObjectNode().put("type", HEARTBEAT);
  }

  static ObjectNode params() {
    return JSON.createObjectNode();
  }

  /** The id of the conversation of two users: their ids in byte order. */
  static String conversation(String one, String other) {
    return one.compareTo(other) < 0 ? one + ':' + other : other + ':' + one;
  }

  static int type(JsonNode frame) {
    return frame.path("type").intValue();
  }

  /** Whether the server could not commit for a passing reason, and asks for a repetition. */
  static boolean isUnavailable(JsonNode frame) {
    return type(frame) == ERROR
        && frame.path("content").path("reason").asText().equals("unavailable");
  }

  static String id(JsonNode frame) {
    return frame.path("message_id").asText();
  }

  static long seq(JsonNode frame) {
    return frame.path("seq").longValue();
  }

  static String text(JsonNode frame) {
    return frame.path("content").path("text").asText();
  }
}
