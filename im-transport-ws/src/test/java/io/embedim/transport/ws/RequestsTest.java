package io.embedim.transport.ws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The methods, as a client calls them. */
class RequestsTest {

  private TestServer server;
  private RawClient alice;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.start();
    alice = RawClient.login(server, "alice");
  }

  @AfterEach
  void stop() throws IOException {
    alice.close();
    server.close();
  }

  private static JsonNode call(RawClient client, String method, String params) throws IOException {
    client.send(
        ("{'type':40,'message_id':'r','content':{'method':'"
                + method
                + "','params':"
                + params
                + "}}")
            .replace('\'', '"'));
    JsonNode answer = client.json();
    while (answer.get("type").asInt() != 41) {
      answer = client.json();
    }
    assertThat(answer.get("message_id").asText()).isEqualTo("r");
    return answer.get("content");
  }

  private JsonNode result(String method, String params) throws IOException {
    JsonNode content = call(alice, method, params);
    assertThat(content.has("result")).as(content.toString()).isTrue();
    return content.get("result");
  }

  private void assertRefused(String method, String params, String reason) throws IOException {
    assertThat(call(alice, method, params).at("/error/reason").asText()).isEqualTo(reason);
  }

  private void send(String to, String text) throws IOException {
    result("message.send", "{'type':1,'to':'" + to + "','content':{'text':'" + text + "'}}");
  }

  @Test
  void a_message_is_sent_once_however_often_it_is_asked_for() throws IOException {
    String message = "{'type':1,'message_id':'m1','to':'bob','content':{'text':'hi'}}";
    JsonNode first = result("message.send", message);
    assertThat(first.get("status").asText()).isEqualTo("accepted");
    assertThat(first.get("conversation_id").asText()).isEqualTo("alice:bob");
    assertThat(first.get("seq").asLong()).isEqualTo(1);
    JsonNode second = result("message.send", message);
    assertThat(second.get("status").asText()).isEqualTo("duplicate");
    assertThat(second.get("seq").asLong()).isEqualTo(1);
    assertThat(second.get("timestamp")).isEqualTo(first.get("timestamp"));
  }

  @Test
  void a_message_that_is_not_stored_has_no_seq() throws IOException {
    assertThat(
            result("message.send", "{'type':1,'to':'bob','qos':0,'content':{'text':'hi'}}")
                .has("seq"))
        .isFalse();
  }

  @Test
  void history_goes_both_ways() throws IOException {
    for (int i = 1; i <= 5; i++) {
      send("bob", "t" + i);
    }
    JsonNode newest = result("message.history", "{'conversation_id':'alice:bob','limit':2}");
    assertThat(newest.get("messages")).extracting(m -> m.get("seq").asInt()).containsExactly(4, 5);
    assertThat(newest.get("has_more").asBoolean()).isTrue();
    JsonNode after = result("message.history", "{'conversation_id':'alice:bob','after_seq':2}");
    assertThat(after.get("messages"))
        .extracting(m -> m.get("seq").asInt())
        .containsExactly(3, 4, 5);
    assertThat(after.get("has_more").asBoolean()).isFalse();
    assertRefused(
        "message.history",
        "{'conversation_id':'alice:bob','after_seq':2,'before_seq':3}",
        "invalid_argument");
    assertRefused(
        "message.history", "{'conversation_id':'alice:bob','limit':101}", "invalid_argument");
  }

  @Test
  void a_list_is_read_page_by_page() throws IOException {
    for (String peer : new String[] {"bob", "carol", "dave"}) {
      send(peer, "hi");
    }
    JsonNode first = result("conversation.list", "{'limit':2}");
    String token = first.get("next_page_token").asText();
    JsonNode second = result("conversation.list", "{'limit':2,'page_token':'" + token + "'}");
    assertThat(second.has("next_page_token")).isFalse();
    assertThat(first.get("conversations")).hasSize(2);
    assertThat(second.get("conversations")).hasSize(1);
    assertThat(Stream.of(first, second).flatMap(page -> page.findValuesAsText("peer_id").stream()))
        .containsExactlyInAnyOrder("bob", "carol", "dave");
    assertRefused("conversation.list", "{'page_token':'AAAA'}", "invalid_argument");
  }

  @Test
  void settings_cursors_and_clearing_are_answered_with_what_they_made() throws IOException {
    send("bob", "one");
    JsonNode updated =
        result(
            "conversation.update",
            "{'conversation_id':'alice:bob','pinned':true,'draft':'and then'}");
    assertThat(updated.at("/conversation/pinned").asBoolean()).isTrue();
    assertThat(updated.at("/conversation/draft").asText()).isEqualTo("and then");
    assertThat(updated.at("/conversation/peer_id").asText()).isEqualTo("bob");
    assertThat(result("conversation.get", "{'conversation_id':'alice:bob'}")).isEqualTo(updated);
    assertThat(
            result("conversation.read", "{'conversation_id':'alice:bob','last_read_seq':1}")
                .toString())
        .isEqualTo("{\"last_read_seq\":1}");
    assertThat(
            result("conversation.readers", "{'conversation_id':'alice:bob','user_ids':['bob']}")
                .toString())
        .isEqualTo("{\"read\":{\"bob\":0}}");
    assertThat(result("conversation.clear", "{'conversation_id':'alice:bob'}").toString())
        .isEqualTo("{\"cleared_seq\":1}");
    assertThat(result("message.history", "{'conversation_id':'alice:bob'}").get("messages"))
        .isEmpty();
    assertRefused(
        "conversation.read",
        "{'conversation_id':'alice:bob','last_read_seq':2}",
        "invalid_argument");
  }

  @Test
  void sync_gives_what_is_behind_the_cursors() throws IOException {
    send("bob", "one");
    send("bob", "two");
    send("carol", "three");
    JsonNode page = result("sync", "{'cursors':{'alice:bob':1,'alice:carol':1}}");
    assertThat(page.get("conversations")).hasSize(1);
    assertThat(page.at("/conversations/0/conversation/conversation_id").asText())
        .isEqualTo("alice:bob");
    assertThat(page.at("/conversations/0/messages/0/content/text").asText()).isEqualTo("two");
    assertThat(page.get("has_more").asBoolean()).isFalse();
    assertThat(page.get("server_time").asLong()).isPositive();
    assertThat(result("sync", "{}").get("conversations")).hasSize(2);
  }

  @Test
  void other_peoples_conversations_are_not_found() throws IOException {
    try (RawClient bob = RawClient.login(server, "bob")) {
      call(bob, "message.send", "{'type':1,'to':'carol','content':{'text':'secret'}}");
    }
    for (String id : new String[] {"bob:carol", "group:team", "alice:nobody"}) {
      String params = "{'conversation_id':'" + id + "','last_read_seq':1}";
      for (String method :
          new String[] {
            "conversation.get",
            "conversation.update",
            "conversation.clear",
            "conversation.read",
            "conversation.readers",
            "message.history"
          }) {
        assertRefused(method, params, "conversation_not_found");
      }
    }
    JsonNode error =
        alice.ask(
            "{\"type\":1,\"message_id\":\"m\",\"conversation_id\":\"bob:carol\",\"content\":{\"text\":\"x\"}}");
    assertThat(error.at("/content/reason").asText()).isEqualTo("conversation_not_found");
    assertThat(error.get("message_id").asText()).isEqualTo("m");
  }

  @Test
  void presence_is_told_and_followed() throws IOException {
    assertThat(result("presence.subscribe", "{'user_ids':['bob']}").toString())
        .isEqualTo("{\"presences\":[{\"user_id\":\"bob\",\"online\":false,\"platforms\":[]}]}");
    try (RawClient bob = RawClient.open(server, "/ws?token=bob&platform=ios")) {
      assertThat(alice.json().toString())
          .isEqualTo(
              "{\"type\":27,\"content\":{\"user_id\":\"bob\",\"online\":true,\"platforms\":[\"ios\"]}}");
      assertThat(
              result("presence.get", "{'user_ids':['bob']}").at("/presences/0/online").asBoolean())
          .isTrue();
      assertThat(result("presence.unsubscribe", "{'user_ids':['bob']}").toString()).isEqualTo("{}");
    }
    assertRefused("presence.get", "{'user_ids':[]}", "invalid_argument");
  }

  @Test
  void unknown_methods_and_bad_requests_are_answered_by_a_response() throws IOException {
    assertRefused("group.create", "{}", "unknown_method");
    assertRefused("", "{}", "invalid_argument");
    assertRefused("sync", "[]", "invalid_argument");
    assertRefused("sync", "{'cursors':{'nonsense':1}}", "invalid_argument");
    assertRefused("message.send", "{'type':23,'to':'bob'}", "invalid_argument");
    assertRefused("message.send", "{'type':2,'to':'team'}", "unknown_type");
    assertRefused("message.send", "{}", "malformed_frame");
    assertThat(alice.ask("{\"type\":40}").get("type").asInt()).isEqualTo(41);
  }

  @Test
  void a_batching_client_gets_arrays_and_loses_nothing() throws IOException {
    try (RawClient bob = RawClient.open(server, "/ws?token=bob&batch=1")) {
      assertThat(bob.json().get("type").asInt()).isEqualTo(91);
      for (int i = 1; i <= 20; i++) {
        alice.send(
            "{\"type\":1,\"message_id\":\"m"
                + i
                + "\",\"to\":\"bob\",\"content\":{\"text\":\"x\"}}");
      }
      for (int seq = 1; seq <= 20; ) {
        JsonNode frame = bob.json();
        for (JsonNode message : frame.isArray() ? frame : List.of(frame)) {
          assertThat(message.get("seq").asInt()).isEqualTo(seq++);
        }
      }
    }
  }
}
