package io.embedim.transport.ws.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.embedim.core.ImSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is done to a message after it was sent: protocol §4, types 22, 24, 25 and 26. */
class RevisionConformanceTest extends RevisionScene {

  /** Short, so that no client is taken for dead meanwhile and nothing is delivered again. */
  private static final Duration WINDOW = Duration.ofSeconds(5);

  @Override
  ImSettings.Builder settings(ImSettings.Builder builder) {
    return builder.messages(rules -> rules.revokeWindow(WINDOW).editWindow(WINDOW));
  }

  private static void assertAccepted(JsonNode ack, String key, int seq, String status) {
    assertThat(ack.get("type").asInt()).as(ack.toString()).isEqualTo(20);
    assertThat(ack.get("message_id").asText()).isEqualTo(key);
    assertThat(ack.get("seq").asInt()).isEqualTo(seq);
    assertThat(ack.at("/content/status").asText()).isEqualTo(status);
  }

  @Test
  void each_command_is_acknowledged_once_and_heard_by_everybody_else() throws IOException {
    Client laptop = login(server, "alice");
    alice.say("bob", "m1", "hi");
    heard(laptop, bob);
    int seq = 1;
    for (String template : commands("%s", "alice:bob", "m1")) {
      seq++;
      String frame = template.replace("%s", "c" + seq);
      assertAccepted(alice.ask(frame), "c" + seq, seq, "accepted");
      JsonNode entry = heard(laptop, bob);
      JsonNode said = Schemas.parse(json(frame));
      assertThat(entry.get("type")).isEqualTo(said.get("type"));
      assertThat(entry.get("from").asText()).isEqualTo("alice");
      assertThat(entry.get("seq").asInt()).isEqualTo(seq);
      said.get("content")
          .properties()
          .forEach(f -> assertThat(entry.at("/content/" + f.getKey())).isEqualTo(f.getValue()));
      if (seq < 5) {
        JsonNode target = target(bob, "alice:bob");
        assertThat(target.at("/content/text").asText()).isEqualTo("hello");
        assertThat(target.get("edited_at").asLong()).isPositive();
        assertThat(target.at("/reactions/👍/0").asText()).isEqualTo(seq > 2 ? "alice" : "");
        assertThat(target.path("pinned").asBoolean()).isEqualTo(seq > 3);
      } else {
        assertThat(entry.at("/content/target_seq").asInt()).isEqualTo(1);
      }
    }
    JsonNode revoked = target(bob, "alice:bob");
    assertThat(revoked.get("content").toString()).isEqualTo(json("{'revoked':true}"));
    assertThat(revoked.get("revoked").asBoolean()).isTrue();
    for (String gone : List.of("edited_at", "reactions", "pinned")) {
      assertThat(revoked.has(gone)).as(gone).isFalse();
    }
    // All of it again, though the message is gone: the answers may not have been heard.
    for (seq = 2; seq <= 5; seq++) {
      String frame = commands("c" + seq, "alice:bob", "m1").get(seq - 2);
      assertAccepted(alice.ask(frame), "c" + seq, seq, "duplicate");
    }
    assertThat(view(alice).get("max_seq").asInt()).isEqualTo(5);
    expectQuiet(alice, laptop, bob);
  }

  @Test
  void by_a_request_it_reaches_the_caller_too_and_its_key_is_the_command_id() throws IOException {
    String id = "group:" + circle("");
    alice.sayToGroup(id.substring(6), "m1", "hi");
    heard(bob, carol);
    int seq = 2;
    for (String method : List.of("edit", "react", "pin", "revoke")) {
      seq++;
      String call = params(method, id, "m1", "c" + seq);
      JsonNode result = alice.result("message." + method, call);
      assertThat(result.get("message_id").asText()).isEqualTo("c" + seq);
      assertThat(result.get("seq").asInt()).isEqualTo(seq);
      assertThat(result.get("status").asText()).isEqualTo("accepted");
      assertThat(heard(alice, bob, carol).get("message_id").asText()).isEqualTo("c" + seq);
      assertThat(alice.result("message." + method, call).get("status").asText())
          .isEqualTo("duplicate");
      // Bob has no right to most of it, so he is told that and not whose key it is.
      assertThat(bob.refusal("message." + method, call))
          .isIn("message_id_taken", "not_sender", "not_group_admin", "message_not_found");
    }
    JsonNode unnamed =
        alice.result("message.revoke", "{'conversation_id':'" + id + "','message_id':'m1'}");
    assertThat(unnamed.get("message_id").asText()).hasSize(36);
    assertThat(heard(alice, bob, carol).get("seq").asInt()).isEqualTo(7);
    expectQuiet(alice, bob, carol);
  }

  @Test
  void who_may_not_is_told_why_and_nobody_hears_of_it() throws IOException {
    String team = circle("");
    String id = "group:" + team;
    alice.sayToGroup(team, "m1", "hi");
    heard(bob, carol);
    bob.sayToGroup(team, "m2", "hello");
    heard(alice, carol);
    for (String target : List.of("m1", "m2")) {
      Client other = target.equals("m1") ? bob : carol;
      assertRefused(other, frame(22, "c1", id, REVOKE.formatted(target)), "not_sender");
      assertRefused(other, frame(24, "c1", id, EDIT.formatted(target)), "not_sender");
      assertRefused(other, frame(26, "c1", id, PIN.formatted(target)), "not_group_admin");
    }
    assertRefused(alice, frame(24, "c1", id, EDIT.formatted("m2")), "not_sender");
    server.pass(WINDOW.plus(Deployment.TICK));
    assertRefused(bob, frame(22, "c1", id, REVOKE.formatted("m2")), "revoke_window_passed");
    assertRefused(bob, frame(24, "c1", id, EDIT.formatted("m2")), "edit_window_passed");
    alice.result("group.mute", params(team, "'target_id':'bob','duration_seconds':3600"));
    heard(alice, bob, carol);
    assertRefused(bob, frame(25, "c1", id, REACT.formatted("m1")), "muted");
    for (String frame : commands("c1", id, "nothing")) {
      assertRefused(carol, frame, "message_not_found");
    }
    String event = log(alice, team).get(0).get("message_id").asText();
    for (String frame : commands("c1", id, event)) {
      assertRefused(alice, frame, "message_not_found");
    }
    assertThat(types(log(alice, team))).containsExactly(10, 2, 2, 17);
    assertThat(log(alice, team).get(2).has("edited_at")).isFalse();
    // An owner is not bound by the two minutes, and of what she revoked nothing can be changed.
    assertAccepted(alice.ask(frame(22, "c9", id, REVOKE.formatted("m2"))), "c9", 5, "accepted");
    heard(bob, carol);
    for (String frame : commands("c1", id, "m2").subList(0, 3)) {
      assertRefused(alice, frame, "message_not_found");
    }
    assertRefused(
        alice,
        "{'type':2,'message_id':'c1','to':'%s','content':{'text':'x'},'reply_to':'m2'}"
            .formatted(team),
        "message_not_found");
    expectQuiet(alice, bob, carol);
  }

  @Test
  void reactions_and_pins_are_bounded_and_what_is_there_is_not_there_twice() throws IOException {
    alice.say("bob", "m0", "hi");
    heard(bob);
    int kinds = 0;
    for (int codePoint = 0x1F600; kinds < 20; codePoint++, kinds++) {
      bob.result("message.react", reaction(Character.toString(codePoint), "add"));
      heard(alice, bob);
    }
    assertThat(bob.refusal("message.react", reaction("👍", "add"))).isEqualTo("invalid_argument");
    bob.result("message.react", reaction("😀", "add"));
    assertThat(heard(alice, bob).at("/content/op").asText()).isEqualTo("add");
    JsonNode reactions = target(alice, "alice:bob").get("reactions");
    assertThat(reactions).hasSize(20);
    assertThat(reactions.get("😀")).hasSize(1);
    bob.result("message.react", reaction("😀", "remove"));
    assertThat(heard(alice, bob).at("/content/op").asText()).isEqualTo("remove");
    bob.result("message.react", reaction("👍", "add"));
    heard(alice, bob);
    for (int i = 0; i <= 50; i++) {
      String pin = "{'conversation_id':'alice:bob','message_id':'m" + i + "','op':'add'}";
      if (i > 0) {
        alice.say("bob", "m" + i, "hi");
        heard(bob);
      }
      if (i < 50) {
        bob.result("message.pin", pin);
        heard(alice, bob);
      } else {
        assertThat(bob.refusal("message.pin", pin)).isEqualTo("invalid_argument");
      }
    }
    expectQuiet(alice, bob);
  }

  private static String reaction(String emoji, String op) {
    return "{'conversation_id':'alice:bob','message_id':'m0','emoji':'%s','op':'%s'}"
        .formatted(emoji, op);
  }
}
