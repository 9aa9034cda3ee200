package io.embedim.transport.ws.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.embedim.core.ImSettings;
import java.io.IOException;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;

/** A scene with users that make groups: what tests about groups have in common. */
abstract class GroupScene extends ConformanceTest {

  Deployment server;
  Client alice;
  Client bob;
  Client carol;

  @BeforeEach
  void start() throws IOException {
    server = server(builder -> settings(builder.messagesBurst(1_000).errorsPerMinute(1_000)));
    alice = login(server, "alice");
    bob = login(server, "bob");
    carol = login(server, "carol");
  }

  /** Changes what a test needs otherwise. */
  ImSettings.Builder settings(ImSettings.Builder builder) {
    return builder;
  }

  /** Makes a group of alice's, without its event being taken; says what it is called. */
  String create(String params) throws IOException {
    return alice.result("group.create", params).get("group_id").asText();
  }

  /** A group of alice, bob and carol, of whose beginning all of them have heard. */
  String circle(String more) throws IOException {
    String id = create("{'name':'Circle','member_ids':['bob','carol']" + more + "}");
    assertThat(heard(alice, bob, carol).get("type").asInt()).isEqualTo(10);
    return id;
  }

  /** What all of them get next, which is the same. */
  static JsonNode heard(Client... clients) throws IOException {
    JsonNode first = clients[0].next();
    for (int i = 1; i < clients.length; i++) {
      assertThat(clients[i].next()).isEqualTo(first);
    }
    return first;
  }

  /** Nobody gets anything. */
  static void expectQuiet(Client... clients) throws IOException {
    for (Client client : clients) {
      client.expectQuiet();
    }
  }

  /** Parameters that name a group, and others. */
  static String params(String groupId, String others) {
    return "{'group_id':'" + groupId + "'" + (others.isEmpty() ? "" : "," + others) + "}";
  }

  static String conversation(String groupId) {
    return "{'conversation_id':'group:" + groupId + "'}";
  }

  JsonNode view(Client client, String groupId) throws IOException {
    return client.result("conversation.get", conversation(groupId)).get("conversation");
  }

  /** The log, as far as a client can see it. */
  static List<JsonNode> log(Client client, String groupId) throws IOException {
    JsonNode messages = client.result("message.history", conversation(groupId)).get("messages");
    return StreamSupport.stream(messages.spliterator(), false).toList();
  }

  static List<Integer> types(List<JsonNode> entries) {
    return entries.stream().map(entry -> entry.get("type").asInt()).toList();
  }

  /** Why a message to a group is refused. */
  static String refusedToSpeak(Client client, String groupId, String messageId) throws IOException {
    JsonNode error = client.ask(Client.groupChat(groupId, messageId, "hello"));
    assertThat(error.get("type").asInt()).as(error.toString()).isEqualTo(93);
    assertThat(error.get("message_id").asText()).isEqualTo(messageId);
    return error.at("/content/reason").asText();
  }

  static String json(String quoted) {
    return Client.quoted(quoted);
  }
}
