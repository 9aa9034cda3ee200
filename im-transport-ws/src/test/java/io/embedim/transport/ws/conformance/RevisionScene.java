package io.embedim.transport.ws.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;

/** What tests about things that are done to a message have in common. */
abstract class RevisionScene extends GroupScene {

  static final String EDIT = "'target_message_id':'%s','content':{'text':'hello','pi':3.140}";
  static final String REACT = "'target_message_id':'%s','emoji':'👍','op':'add'";
  static final String PIN = "'target_message_id':'%s','op':'add'";
  static final String REVOKE = "'target_message_id':'%s'";

  static final List<String> METHODS = List.of("revoke", "edit", "react", "pin");

  static String frame(int type, String key, String conversation, String content) {
    return "{'type':%d,'message_id':'%s','conversation_id':'%s','content':{%s}}"
        .formatted(type, key, conversation, content);
  }

  /** All of them, about one message. */
  static List<String> commands(String key, String conversation, String target) {
    return List.of(
        frame(24, key, conversation, EDIT.formatted(target)),
        frame(25, key, conversation, REACT.formatted(target)),
        frame(26, key, conversation, PIN.formatted(target)),
        frame(22, key, conversation, REVOKE.formatted(target)));
  }

  static String params(String method, String conversation, String target, String key) {
    String more =
        switch (method) {
          case "edit" -> ",'content':{'text':'hello','pi':3.140}";
          case "react" -> ",'emoji':'👍','op':'add'";
          case "pin" -> ",'op':'add'";
          default -> "";
        };
    return "{'conversation_id':'%s','message_id':'%s','command_id':'%s'%s}"
        .formatted(conversation, target, key, more);
  }

  void assertRefused(Client client, String frame, String reason) throws IOException {
    assertError(client.ask(frame), frame, reason);
  }

  void assertRefusedAsWrong(Client client, String frame, String reason) throws IOException {
    assertError(client.askWrong(frame), frame, reason);
  }

  static void assertError(JsonNode error, String frame, String reason) {
    assertThat(error.get("type").asInt()).as(frame).isEqualTo(93);
    assertThat(error.get("message_id").asText()).as(frame).isEqualTo("c1");
    assertThat(error.at("/content/reason").asText()).as(frame).isEqualTo(reason);
  }

  static JsonNode target(Client client, String conversation) throws IOException {
    return client
        .result("message.history", "{'conversation_id':'" + conversation + "','before_seq':2}")
        .at("/messages/0");
  }

  static JsonNode view(Client client) throws IOException {
    return client.result("conversation.get", "{'conversation_id':'alice:bob'}").get("conversation");
  }
}
