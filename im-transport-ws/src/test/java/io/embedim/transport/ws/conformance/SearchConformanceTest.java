package io.embedim.transport.ws.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code message.search}: protocol §6.4. What is found by what is the stores' own contract. */
class SearchConformanceTest extends RevisionScene {

  private static List<String> found(Client client, String params) throws IOException {
    return client.result("message.search", params).get("messages").findValuesAsText("message_id");
  }

  @Test
  void a_user_finds_what_she_can_see_in_any_or_one_conversation() throws IOException {
    String team = circle("");
    alice.say("bob", "m1", "Lunch at twelve");
    server.pass(Deployment.TICK);
    long then = server.clock.millis();
    bob.say("alice", "m2", "no lunch today");
    server.pass(Deployment.TICK);
    alice.sayToGroup(team, "m3", "我们去吃午饭");
    alice.say("carol", "m4", "LUNCH with carol");
    assertThat(found(alice, "{'query':'lunch'}")).containsExactly("m4", "m2", "m1");
    assertThat(found(bob, "{'query':'lunch'}")).containsExactly("m2", "m1");
    assertThat(found(bob, "{'query':'午饭'}")).containsExactly("m3");
    assertThat(found(alice, "{'query':'lunch','from':'bob'}")).containsExactly("m2");
    assertThat(found(alice, "{'query':'lunch','conversation_id':'alice:carol'}"))
        .containsExactly("m4");
    assertThat(found(alice, "{'query':'lunch','after':" + then + "}")).containsExactly("m4", "m2");
    assertThat(found(alice, "{'query':'lunch','before':" + then + "}")).containsExactly("m1");
    bob.result("message.delete", "{'conversation_id':'alice:bob','message_ids':['m1']}");
    bob.result("message.revoke", params("revoke", "alice:bob", "m2", "r"));
    assertThat(found(bob, "{'query':'lunch'}")).isEmpty();
    assertThat(found(alice, "{'query':'lunch'}")).containsExactly("m4", "m1");
    alice.result("conversation.clear", "{'conversation_id':'alice:bob'}");
    assertThat(found(alice, "{'query':'lunch'}")).containsExactly("m4");
    assertThat(found(login(server, "mallory"), "{'query':'lunch'}")).isEmpty();
  }

  @Test
  void what_is_found_comes_by_pages() throws IOException {
    for (int i = 1; i <= 7; i++) {
      alice.say("bob", "m" + i, "word " + i);
    }
    List<String> all = new ArrayList<>();
    JsonNode page = alice.result("message.search", "{'query':'word','limit':3}");
    String first = page.get("next_page_token").asText();
    all.addAll(page.get("messages").findValuesAsText("message_id"));
    while (page.has("next_page_token")) {
      page =
          alice.result(
              "message.search",
              "{'query':'word','limit':3,'page_token':'%s'}"
                  .formatted(page.get("next_page_token").asText()));
      all.addAll(page.get("messages").findValuesAsText("message_id"));
    }
    assertThat(all).containsExactly("m7", "m6", "m5", "m4", "m3", "m2", "m1");
    assertThat(bob.refusal("message.search", "{'query':'word','page_token':'" + first + "'}"))
        .as("another user's token")
        .isEqualTo("invalid_argument");
  }

  @Test
  void a_query_that_is_none_is_invalid_and_foreign_conversations_are_not_there()
      throws IOException {
    alice.say("bob", "m1", "secret");
    heard(bob);
    for (String conversation : List.of("alice:bob", "alice:zoe", "group:nowhere")) {
      assertThat(
              carol.refusal(
                  "message.search", "{'query':'secret','conversation_id':'" + conversation + "'}"))
          .isEqualTo("conversation_not_found");
    }
    for (String wrong :
        List.of(
            "{}",
            "{'query':''}",
            "{'query':'   '}",
            "{'query':'?!'}",
            "{'query':7}",
            "{'query':'" + "x".repeat(257) + "'}",
            "{'query':'a b c d e f g h i j k l m n o p q'}",
            "{'query':'\\u0000'}",
            "{'query':'x','limit':0}",
            "{'query':'x','limit':101}",
            "{'query':'x','from':'a b'}",
            "{'query':'x','before':-1}",
            "{'query':'x','after':'now'}",
            "{'query':'x','page_token':'AAAA'}",
            "{'query':'x','conversation_id':'bob:alice'}")) {
      assertThat(alice.refusalOfWrong("message.search", wrong))
          .as(wrong)
          .isEqualTo("invalid_argument");
    }
    expectQuiet(alice, bob, carol);
  }
}
