package io.embedim.transport.ws.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.embedim.spi.model.ContentType;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients meet of a host that has users, contents and rules of its own. */
class HostConformanceTest extends ConformanceTest {

  private static final Set<String> USERS = Set.of("alice", "bob", "carol");

  private Deployment server;
  private Client alice;
  private Client bob;

  @BeforeEach
  void start() throws IOException {
    server =
        server(
            settings -> settings.messages(rules -> rules.silentBlocks(true)),
            parts ->
                parts
                    .userDirectory(
                        ids -> {
                          Set<String> known = new HashSet<>(ids);
                          known.retainAll(USERS);
                          return known;
                        })
                    .presencePolicy(
                        (viewer, ids) -> viewer.equals("carol") ? Set.of() : Set.copyOf(ids))
                    .contentValidator(
                        ContentType.CUSTOM,
                        content ->
                            content.body().contains("dice")
                                ? Optional.empty()
                                : Optional.of("content: expected a throw of dice")));
    alice = login(server, "alice");
    bob = login(server, "bob");
  }

  private static String custom(String messageId, String content) {
    return "{'type':1,'message_id':'%s','to':'bob','content_type':8,'content':%s}"
        .formatted(messageId, content);
  }

  @Test
  void users_that_the_host_does_not_know_are_not_found_and_nothing_is_done() throws IOException {
    JsonNode error = alice.ask(Client.chat("nobody", "m1", "hi"));
    assertThat(error.at("/content/reason").asText()).isEqualTo("user_not_found");
    String later = "'type':1,'to':'nobody','content':{'text':'x'},'send_at':1900000000000";
    for (String[] call :
        new String[][] {
          {"contact.block", "'user_id':'nobody'"},
          {"group.create", "'name':'x','member_ids':['bob','nobody']"},
          {"message.send", "'type':1,'to':'nobody','content':{'text':'x'}"},
          {"message.schedule", later.replace("1900000000000", soon())}
        }) {
      assertThat(alice.refusal(call[0], "{" + call[1] + "}"))
          .as(call[0])
          .isEqualTo("user_not_found");
    }
    assertThat(alice.result("contact.blocked", "{}").get("user_ids")).isEmpty();
    assertThat(alice.result("group.list", "{}").get("groups")).isEmpty();
    assertThat(alice.result("message.scheduled", "{}").get("scheduled")).isEmpty();
    assertThat(alice.result("conversation.list", "{}").get("conversations")).isEmpty();
    alice.expectQuiet();
    bob.expectQuiet();
  }

  private String soon() {
    return Long.toString(server.clock.millis() + 60_000);
  }

  @Test
  void custom_contents_are_what_the_host_says_also_when_they_are_edited() throws IOException {
    JsonNode refused = alice.ask(custom("m1", "{'cards':5}"));
    assertThat(refused.at("/content/reason").asText()).isEqualTo("invalid_argument");
    assertThat(refused.at("/content/message").asText()).contains("a throw of dice");
    assertThat(alice.ask(custom("m2", "{'dice':5}")).get("type").asInt()).isEqualTo(20);
    bob.next();
    String edit =
        "{'conversation_id':'alice:bob','message_id':'m2','content_type':8,'content':{'%s':6}}";
    assertThat(alice.refusal("message.edit", edit.formatted("cards")))
        .isEqualTo("invalid_argument");
    alice.result("message.edit", edit.formatted("dice"));
    assertThat(bob.next().at("/content/content/dice").asInt()).isEqualTo(6);
    bob.expectQuiet();
  }

  @Test
  void where_blocks_are_silent_the_blocked_see_their_messages_and_nobody_else_does()
      throws IOException {
    alice.result("contact.block", "{'user_id':'bob'}");
    assertThat(bob.say("alice", "m1", "are you there?").at("/content/status").asText())
        .isEqualTo("accepted");
    String conversation = "{'conversation_id':'alice:bob'}";
    for (Client client : List.of(alice, bob)) {
      JsonNode messages = client.result("message.history", conversation).get("messages");
      assertThat(messages).hasSize(client == bob ? 1 : 0);
    }
    JsonNode view = alice.result("conversation.get", conversation).get("conversation");
    assertThat(view.get("unread_count").asInt()).isZero();
    assertThat(view.has("last_message")).isFalse();
    alice.expectQuiet();
    alice.result("contact.unblock", "{'user_id':'bob'}");
    bob.say("alice", "m2", "hello");
    assertThat(alice.next().get("message_id").asText()).isEqualTo("m2");
    assertThat(alice.result("message.history", conversation).findValuesAsText("message_id"))
        .containsExactly("m2");
  }

  @Test
  void whose_presence_one_may_not_see_looks_as_if_she_had_never_been_online() throws IOException {
    Client carol = login(server, "carol");
    assertThat(carol.result("presence.subscribe", "{'user_ids':['bob']}").toString())
        .isEqualTo("{\"presences\":[{\"user_id\":\"bob\",\"online\":false,\"platforms\":[]}]}");
    assertThat(alice.result("presence.subscribe", "{'user_ids':['bob']}"))
        .isEqualTo(alice.result("presence.get", "{'user_ids':['bob']}"));
    bob.close();
    assertThat(alice.next().at("/content/online").asBoolean()).isFalse();
    carol.expectQuiet();
    assertThat(carol.result("presence.get", "{'user_ids':['bob']}").at("/presences/0").size())
        .isEqualTo(3);
  }
}
