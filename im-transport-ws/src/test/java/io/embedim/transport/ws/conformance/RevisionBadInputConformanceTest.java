package io.embedim.transport.ws.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What nobody may do to a message: each is refused, changes nothing and tells nothing. */
class RevisionBadInputConformanceTest extends RevisionScene {

  @Test
  void what_is_no_command_is_invalid_and_changes_nothing() throws IOException {
    alice.say("bob", "m1", "hi");
    heard(bob);
    for (String content :
        List.of(
            "",
            "'target_message_id':7",
            "'target_message_id':''",
            "'target_message_id':'a b'",
            "'target_message_id':'\\ud800'",
            "'target_message_id':'" + "x".repeat(65) + "'")) {
      for (int type : new int[] {22, 24, 25, 26}) {
        String more = content + (content.isEmpty() ? "" : ",") + "'emoji':'👍','op':'add',";
        assertRefusedAsWrong(
            alice,
            frame(type, "c1", "alice:bob", more + "'content':{'text':'x'}"),
            "invalid_argument");
      }
    }
    String target = "'target_message_id':'m1',";
    for (String emoji :
        List.of(
            "''",
            "'a'",
            "'好'",
            "'👍👍'",
            "'👍 '",
            "':+1:'",
            "'\\u0000'",
            "'\\ud83d'",
            "7",
            "null",
            "'" + "👍".repeat(40) + "'",
            "'" + "x".repeat(10_000) + "'")) {
      assertRefusedAsWrong(
          alice,
          frame(25, "c1", "alice:bob", target + "'op':'add','emoji':" + emoji),
          "invalid_argument");
    }
    for (String op : List.of("''", "'ADD'", "'toggle'", "true", "null", "['add']")) {
      for (int type : new int[] {25, 26}) {
        assertRefusedAsWrong(
            alice,
            frame(type, "c1", "alice:bob", target + "'emoji':'👍','op':" + op),
            "invalid_argument");
      }
    }
    for (String said : List.of("null", "'x'", "[]", "{}", "{'text':' '}", "{'text':7}")) {
      assertRefusedAsWrong(
          alice, frame(24, "c1", "alice:bob", target + "'content':" + said), "invalid_argument");
    }
    assertRefused(
        alice,
        "{'type':24,'message_id':'c1','conversation_id':'alice:bob','content_type':2,"
            + "'content':{'target_message_id':'m1','content':{'url':'x'}}}",
        "invalid_argument");
    assertRefused(
        alice,
        frame(24, "c1", "alice:bob", target + "'content':{'text':'" + "x".repeat(16_400) + "'}"),
        "content_too_large");
    for (String method : METHODS) {
      String good = params(method, "alice:bob", "m1", "c1");
      for (String[] change :
          new String[][] {
            {"'m1'", "7"},
            {"'m1'", "'a b'"},
            {"'c1'", "'a b'"},
            {"'c1'", "7"},
            {"'alice:bob'", "'bob:alice'"},
            {"'alice:bob'", "null"}
          }) {
        assertThat(alice.refusalOfWrong("message." + method, good.replace(change[0], change[1])))
            .as(method + String.join(" ", change))
            .isEqualTo("invalid_argument");
      }
      assertThat(alice.refusalOfWrong("message." + method, "{}")).isEqualTo("invalid_argument");
    }
    assertThat(target(alice, "alice:bob").at("/content/text").asText()).isEqualTo("hi");
    assertThat(view(alice).get("max_seq").asInt()).isEqualTo(1);
    expectQuiet(alice, bob);
  }

  /** Whoever is not in a conversation cannot tell a message that exists from one that does not. */
  @Test
  void the_messages_of_others_cannot_be_told_from_nothing() throws IOException {
    String team = create("{'name':'Secret','member_ids':['bob'],'join_mode':2}");
    heard(alice, bob);
    alice.sayToGroup(team, "m1", "hi");
    heard(bob);
    alice.say("bob", "m1", "hi");
    heard(bob);
    for (String[] place :
        new String[][] {
          {"alice:bob", "conversation_not_found", "alice:zoe"},
          {"group:" + team, "group_not_found", "group:nowhere"}
        }) {
      for (int i = 0; i < 4; i++) {
        JsonNode existing = carol.ask(commands("c1", place[0], "m1").get(i));
        assertThat(existing.at("/content/reason").asText()).isEqualTo(place[1]);
        assertThat(carol.ask(commands("c1", place[0], "nothing").get(i))).isEqualTo(existing);
        assertThat(carol.ask(commands("c1", place[2], "m1").get(i))).isEqualTo(existing);
        // The key of a message that exists is no different either.
        assertThat(carol.ask(commands("m1", place[0], "m1").get(i)).get("content"))
            .isEqualTo(existing.get("content"));
        String method = "message." + METHODS.get(i);
        JsonNode refused = carol.call(method, params(METHODS.get(i), place[0], "m1", "c1"));
        assertThat(refused.at("/error/reason").asText()).isEqualTo(place[1]);
        assertThat(carol.call(method, params(METHODS.get(i), place[0], "nothing", "c1")))
            .isEqualTo(refused);
      }
    }
    expectQuiet(alice, bob, carol);
  }
}
