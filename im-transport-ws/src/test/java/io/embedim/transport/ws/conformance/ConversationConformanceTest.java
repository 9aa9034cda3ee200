package io.embedim.transport.ws.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The methods {@code conversation.*}, and type 28 that tells of them. */
class ConversationConformanceTest extends ConformanceTest {

  private static final String ALICE_BOB = "{'conversation_id':'alice:bob'}";

  private Deployment server;
  private Client alice;
  private Client bob;

  @BeforeEach
  void start() throws IOException {
    server = server();
    alice = login(server, "alice");
    bob = login(server, "bob");
  }

  private JsonNode view(Client client) throws IOException {
    return client.result("conversation.get", ALICE_BOB).get("conversation");
  }

  @Test
  void a_conversation_says_where_it_stands() throws IOException {
    alice.say("bob", "m1", "one");
    alice.say("bob", "m2", "two");
    bob.next();
    JsonNode last = bob.next();
    JsonNode view = view(bob);
    assertThat(view.get("type").asInt()).isEqualTo(1);
    assertThat(view.get("peer_id").asText()).isEqualTo("alice");
    assertThat(view.get("max_seq").asLong()).isEqualTo(2);
    assertThat(view.get("unread_count").asInt()).isEqualTo(2);
    assertThat(view.get("last_message")).isEqualTo(last);
    assertThat(view.get("updated_at")).isEqualTo(last.get("timestamp"));
    assertThat(view.get("draft").asText()).isEmpty();
    assertThat(view(alice).get("unread_count").asInt()).isZero();
  }

  @Test
  void settings_are_ones_own_and_told_to_ones_own_sessions() throws IOException {
    Client laptop = login(server, "alice");
    alice.say("bob", "m1", "one");
    bob.next();
    laptop.next();
    JsonNode updated =
        alice.result(
            "conversation.update",
            "{'conversation_id':'alice:bob','pinned':true,'muted':true,'draft':'and then'}");
    assertThat(updated.at("/conversation/pinned").asBoolean()).isTrue();
    assertThat(updated.at("/conversation/draft").asText()).isEqualTo("and then");
    assertThat(updated.get("conversation")).isEqualTo(view(alice));
    assertThat(laptop.next().toString())
        .isEqualTo(
            "{\"type\":28,\"conversation_id\":\"alice:bob\","
                + "\"content\":{\"pinned\":true,\"muted\":true,\"draft\":\"and then\"}}");
    alice.result(
        "conversation.update", "{'conversation_id':'alice:bob','draft':'','pinned':false}");
    assertThat(laptop.next().get("content").toString())
        .isEqualTo("{\"pinned\":false,\"draft\":\"\"}");
    assertThat(view(alice).get("muted").asBoolean()).isTrue();
    assertThat(view(bob).get("muted").asBoolean()).isFalse();
    bob.expectQuiet();
  }

  @Test
  void a_hidden_conversation_is_not_listed_until_its_next_entry() throws IOException {
    alice.say("bob", "m1", "one");
    alice.result("conversation.update", "{'conversation_id':'alice:bob','hidden':true}");
    assertThat(alice.result("conversation.list", "{}").get("conversations")).isEmpty();
    assertThat(alice.result("sync", "{}").get("conversations")).hasSize(1);
    bob.say("alice", "m2", "two");
    assertThat(alice.result("conversation.list", "{}").get("conversations")).hasSize(1);
    assertThat(view(alice).get("hidden").asBoolean()).isFalse();
  }

  @Test
  void clearing_hides_the_log_from_oneself_only() throws IOException {
    Client laptop = login(server, "alice");
    alice.say("bob", "m1", "one");
    alice.say("bob", "m2", "two");
    assertThat(laptop.next().get("message_id").asText()).isEqualTo("m1");
    assertThat(laptop.next().get("message_id").asText()).isEqualTo("m2");
    assertThat(alice.result("conversation.clear", ALICE_BOB).get("cleared_seq").asLong())
        .isEqualTo(2);
    assertThat(laptop.next().get("content").toString()).isEqualTo("{\"cleared_seq\":2}");
    assertThat(alice.result("message.history", ALICE_BOB).get("messages")).isEmpty();
    assertThat(bob.result("message.history", ALICE_BOB).get("messages")).hasSize(2);
    JsonNode view = view(alice);
    assertThat(view.get("cleared_seq").asLong()).isEqualTo(2);
    assertThat(view.get("read_seq").asLong()).isEqualTo(2);
    assertThat(view.has("last_message")).isFalse();
    bob.say("alice", "m3", "three");
    assertThat(alice.result("message.history", ALICE_BOB).get("messages")).hasSize(1);
  }

  @Test
  void readers_are_all_members_or_those_asked_for() throws IOException {
    alice.say("bob", "m1", "one");
    bob.result("conversation.read", "{'conversation_id':'alice:bob','last_read_seq':1}");
    JsonNode all = alice.result("conversation.readers", ALICE_BOB).get("read");
    assertThat(all.get("bob").asLong()).isEqualTo(1);
    assertThat(all.has("alice")).isTrue();
    assertThat(
            alice
                .result(
                    "conversation.readers",
                    "{'conversation_id':'alice:bob','user_ids':['bob','carol']}")
                .get("read")
                .toString())
        .isEqualTo("{\"bob\":1}");
  }

  @Test
  void a_list_is_read_page_by_page_the_newest_first() throws IOException {
    for (String peer : new String[] {"bob", "carol", "dave"}) {
      alice.say(peer, "m1", "hi");
      server.pass(Deployment.TICK);
    }
    List<String> peers = new ArrayList<>();
    JsonNode page = alice.result("conversation.list", "{'limit':2}");
    peers.addAll(page.findValuesAsText("peer_id"));
    while (page.has("next_page_token")) {
      page =
          alice.result(
              "conversation.list",
              "{'limit':2,'page_token':'" + page.get("next_page_token").asText() + "'}");
      peers.addAll(page.findValuesAsText("peer_id"));
    }
    assertThat(peers).containsExactly("dave", "carol", "bob");
  }

  @Test
  void a_page_token_that_was_made_up_or_is_another_users_is_invalid() throws IOException {
    for (Client client : new Client[] {alice, bob}) {
      client.say("carol", "m" + client.hashCode(), "hi");
      client.say("dave", "m" + client.hashCode(), "hi");
    }
    String alices =
        alice.result("conversation.list", "{'limit':1}").get("next_page_token").asText();
    for (String token : new String[] {alices, "AAAA", "", "not base64!"}) {
      assertThat(
              bob.call("conversation.list", "{'page_token':'" + token + "'}")
                  .at("/error/reason")
                  .asText())
          .isEqualTo("invalid_argument");
    }
  }

  @Test
  void a_draft_may_have_16_KiB_and_no_byte_more() throws IOException {
    alice.say("bob", "m1", "hi");
    String update = "{'conversation_id':'alice:bob','draft':'%s'}";
    String draft = "é".repeat(8_192);
    assertThat(
            alice
                .result("conversation.update", update.formatted(draft))
                .at("/conversation/draft")
                .asText())
        .isEqualTo(draft);
    assertThat(
            alice
                .call("conversation.update", update.formatted(draft + "x"))
                .at("/error/reason")
                .asText())
        .isEqualTo("invalid_argument");
  }

  @Test
  void other_peoples_conversations_are_not_found_whether_they_exist_or_not() throws IOException {
    bob.say("carol", "m1", "secret");
    for (String id : new String[] {"bob:carol", "carol:dave", "group:team", "alice:nobody"}) {
      String params = "{'conversation_id':'" + id + "','last_read_seq':1}";
      JsonNode expected = alice.call("conversation.get", params).get("error");
      assertThat(expected.get("reason").asText()).isEqualTo("conversation_not_found");
      for (String method :
          new String[] {
            "conversation.update",
            "conversation.clear",
            "conversation.read",
            "conversation.readers",
            "message.history"
          }) {
        assertThat(alice.call(method, params).get("error")).as(method).isEqualTo(expected);
      }
    }
    JsonNode error =
        alice.ask(
            "{'type':1,'message_id':'m','conversation_id':'bob:carol','reply_to':'m1',"
                + "'content':{'text':'x'}}");
    assertThat(error.at("/content/reason").asText()).isEqualTo("conversation_not_found");
    assertThat(error.get("message_id").asText()).isEqualTo("m");
    bob.expectQuiet();
  }
}
