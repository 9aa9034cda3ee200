package io.embedim.transport.ws.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.embedim.core.ImSettings;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Mentions, deleting for oneself, pins, past contents and forwarding: protocol §6.4. */
class MessageConformanceTest extends RevisionScene {

  @Override
  ImSettings.Builder settings(ImSettings.Builder builder) {
    return builder.messages(rules -> rules.keepsEdits(true));
  }

  private static String named(String conversation, String... messageIds) {
    return "{'conversation_id':'%s','message_ids':['%s']}"
        .formatted(conversation, String.join("','", messageIds));
  }

  private static String forward(String messageIds, String more) {
    return "{'conversation_id':'alice:bob','message_ids':[" + messageIds + "]," + more + "}";
  }

  private static List<String> history(Client client, String conversation) throws IOException {
    return client
        .result("message.history", "{'conversation_id':'" + conversation + "'}")
        .get("messages")
        .findValuesAsText("message_id");
  }

  @Test
  void whoever_is_mentioned_finds_the_first_of_her_unread_mentions() throws IOException {
    String team = circle("");
    String mention =
        "{'type':2,'message_id':'%s','to':'" + team + "','content':{'text':'x'},'mentions':[%s]}";
    alice.sayToGroup(team, "m1", "hi");
    heard(bob, carol);
    assertThat(view(bob, team).get("mentioned").asBoolean()).isFalse();
    assertThat(view(bob, team).get("mention_seq").asInt()).isZero();
    alice.ask(mention.formatted("m2", "'bob'"));
    heard(bob, carol);
    alice.ask(mention.formatted("m3", "'*'"));
    assertThat(heard(bob, carol).at("/mentions/0").asText()).isEqualTo("*");
    assertThat(view(bob, team).get("mentioned").asBoolean()).isTrue();
    assertThat(view(bob, team).get("mention_seq").asInt()).isEqualTo(3);
    assertThat(view(carol, team).get("mention_seq").asInt()).isEqualTo(4);
    assertThat(view(alice, team).get("mention_seq").asInt()).isZero();
    bob.result("conversation.read", "{'conversation_id':'group:" + team + "','last_read_seq':3}");
    assertThat(carol.next().get("type").asInt()).isEqualTo(21);
    assertThat(view(bob, team).get("mention_seq").asInt()).isEqualTo(4);
    alice.result("message.revoke", "{'conversation_id':'group:" + team + "','message_id':'m3'}");
    heard(bob, carol);
    assertThat(view(bob, team).get("mentioned").asBoolean()).isFalse();
    // What may not be mentioned.
    Client carla = login(server, "carol");
    assertRefused(carla, mention.formatted("c1", "'*'"), "not_group_admin");
    assertRefused(carla, mention.formatted("c1", "'bob','mallory'"), "not_member");
    assertRefused(
        carla,
        "{'type':1,'message_id':'c1','to':'bob','content':{'text':'x'},'mentions':['alice']}",
        "not_member");
    assertRefused(
        carla,
        "{'type':2,'message_id':'c1','to':'%s','content':{'text':'x'},'reply_to':'m3'}"
            .formatted(team),
        "message_not_found");
  }

  @Test
  void what_is_deleted_is_gone_for_one_user_on_all_of_her_devices() throws IOException {
    Client laptop = login(server, "alice");
    for (String id : List.of("m1", "m2", "m3")) {
      bob.say("alice", id, "hi");
      heard(alice, laptop);
    }
    alice.result("message.delete", named("alice:bob", "m3", "m1"));
    JsonNode told = laptop.next();
    assertThat(told.get("type").asInt()).isEqualTo(28);
    assertThat(told.at("/content/deleted_seqs").toString()).isEqualTo("[1,3]");
    alice.result("message.delete", named("alice:bob", "m1"));
    laptop.next();
    String range = "{'conversation_id':'alice:bob','from_seq':%s,'to_seq':%s}";
    assertThat(laptop.result("message.deleted", range.formatted(1, 10_000)).toString())
        .isEqualTo(json("{'deleted_seqs':[1,3]}"));
    for (Client other : List.of(bob, carol)) {
      assertThat(other.result("message.deleted", range.formatted(1, 3)).get("deleted_seqs"))
          .isEmpty();
    }
    for (String wrong :
        List.of(
            range.formatted(0, 3),
            range.formatted(1, 10_001),
            range.formatted(3, 2),
            range.formatted("'1'", 3),
            range.formatted(1, "null"))) {
      assertThat(alice.refusalOfWrong("message.deleted", wrong)).isEqualTo("invalid_argument");
    }
    assertThat(history(alice, "alice:bob")).containsExactly("m2");
    assertThat(view(alice).get("unread_count").asInt()).isEqualTo(1);
    assertThat(view(alice).at("/last_message/message_id").asText()).isEqualTo("m2");
    assertThat(history(bob, "alice:bob")).containsExactly("m1", "m2", "m3");
    for (String wrong : List.of("nothing", "m2','nothing")) {
      assertThat(alice.refusal("message.delete", named("alice:bob", wrong)))
          .isEqualTo("message_not_found");
    }
    assertThat(carol.refusal("message.delete", named("alice:bob", "m2")))
        .isEqualTo("conversation_not_found");
    for (String wrong :
        List.of(
            "{'conversation_id':'alice:bob'}",
            named("alice:bob").replace("['']", "[]"),
            named("alice:bob", "a b"),
            named("alice:bob").replace("['']", "'m2'"),
            named("alice:bob").replace("['']", "[7]"),
            named(
                "alice:bob",
                IntStream.rangeClosed(0, 100).mapToObj(i -> "m" + i).toArray(String[]::new)))) {
      assertThat(alice.refusalOfWrong("message.delete", wrong)).isEqualTo("invalid_argument");
    }
    assertThat(history(alice, "alice:bob")).containsExactly("m2");
    expectQuiet(alice, laptop, bob, carol);
  }

  @Test
  void pins_and_what_a_message_said_before_are_told_to_whom_they_concern() throws IOException {
    String team = circle("");
    for (String id : List.of("m1", "m2", "m3")) {
      alice.sayToGroup(team, id, "first");
      heard(bob, carol);
      alice.result("message.pin", params("pin", "group:" + team, id, "pin-" + id));
      heard(alice, bob, carol);
    }
    String conversation = conversation(team);
    bob.result("message.delete", named("group:" + team, "m2"));
    assertThat(alice.result("message.pinned", conversation).findValuesAsText("message_id"))
        .containsExactly("m3", "m2", "m1");
    assertThat(bob.result("message.pinned", conversation).findValuesAsText("message_id"))
        .containsExactly("m3", "m1");
    alice.result("message.edit", params("edit", "group:" + team, "m1", "e1"));
    String edits = "{'conversation_id':'group:%s','message_id':'m1'}".formatted(team);
    JsonNode past = carol.result("message.edits", edits).get("edits");
    assertThat(past).hasSize(1);
    assertThat(past.at("/0/content/text").asText()).isEqualTo("first");
    assertThat(past.at("/0/since").asLong()).isEqualTo(server.clock.millis());
    assertThat(carol.result("message.edits", edits.replace("m1", "m2")).get("edits")).isEmpty();
    alice.result("message.revoke", params("revoke", "group:" + team, "m1", "r1"));
    assertThat(carol.result("message.edits", edits).get("edits")).isEmpty();
    assertThat(bob.result("message.pinned", conversation).findValuesAsText("message_id"))
        .containsExactly("m3");
    Client mallory = login(server, "mallory");
    for (String stranger : List.of(conversation, conversation("nowhere"))) {
      assertThat(mallory.refusal("message.pinned", stranger)).isEqualTo("conversation_not_found");
    }
    assertThat(mallory.call("message.edits", edits))
        .isEqualTo(mallory.call("message.edits", edits.replace("m1", "nothing")));
    assertThat(bob.refusal("message.edits", edits.replace("m1", "nothing")))
        .isEqualTo("message_not_found");
    for (String wrong : List.of("'page_token':'-1'", "'page_token':'x'", "'page_token':7")) {
      assertThat(bob.refusalOfWrong("message.pinned", conversation.replace("}", "," + wrong + "}")))
          .isEqualTo("invalid_argument");
    }
  }

  @Test
  void long_lists_of_pins_come_by_pages_that_a_session_can_take() throws IOException {
    String text = "x".repeat(16_000);
    for (int i = 0; i < 40; i++) {
      alice.say("bob", "m" + i, text);
      alice.result("message.pin", params("pin", "alice:bob", "m" + i, "p" + i));
    }
    alice.untilEcho();
    JsonNode page = alice.result("message.pinned", "{'conversation_id':'alice:bob'}");
    List<String> found = page.findValuesAsText("message_id");
    assertThat(found).hasSizeBetween(10, 20);
    while (page.has("next_page_token")) {
      page =
          alice.result(
              "message.pinned",
              "{'conversation_id':'alice:bob','page_token':'%s'}"
                  .formatted(page.get("next_page_token").asText()));
      found.addAll(page.findValuesAsText("message_id"));
    }
    assertThat(found)
        .isEqualTo(
            IntStream.rangeClosed(1, 40)
                .mapToObj(i -> "m" + (40 - i))
                .collect(Collectors.toList()));
  }

  @Test
  void messages_are_passed_on_one_by_one_or_merged() throws IOException {
    alice.say("bob", "m1", "one");
    heard(bob);
    bob.say("alice", "m2", "two");
    heard(alice);
    String command = forward("'m2','m1'", "'type':1,'to':'carol','command_id':'f1'");
    JsonNode sent = alice.result("message.forward", command).get("messages");
    assertThat(sent.findValuesAsText("message_id")).containsExactly("f1.1", "f1.2");
    assertThat(sent.findValuesAsText("seq")).containsExactly("1", "2");
    JsonNode first = heard(alice, carol);
    assertThat(first.at("/content/text").asText()).isEqualTo("two");
    assertThat(first.get("from").asText()).isEqualTo("alice");
    assertThat(first.at("/forwarded_from/from").asText()).isEqualTo("bob");
    assertThat(first.at("/forwarded_from/message_id").asText()).isEqualTo("m2");
    assertThat(first.get("forwarded_from").has("conversation_id")).isFalse();
    heard(alice, carol);
    assertThat(alice.result("message.forward", command).get("messages").findValuesAsText("status"))
        .containsExactly("duplicate", "duplicate");
    JsonNode merged =
        bob.result(
                "message.forward",
                forward("'m1','m2'", "'target_conversation_id':'bob:carol','merge':true"))
            .get("messages");
    assertThat(merged).hasSize(1);
    JsonNode all = heard(bob, carol);
    assertThat(all.get("content_type").asInt()).isEqualTo(8);
    assertThat(all.at("/content/kind").asText()).isEqualTo("merged_forward");
    assertThat(all.at("/content/items").findValuesAsText("text")).containsExactly("one", "two");
    expectQuiet(alice, bob, carol);
  }

  @Test
  void what_cannot_be_passed_on_sends_nothing() throws IOException {
    alice.say("bob", "m1", "one");
    heard(bob);
    alice.say("bob", "m2", "two");
    heard(bob);
    alice.result("message.revoke", params("revoke", "alice:bob", "m2", "r"));
    heard(alice, bob);
    alice.ask("{'type':1,'message_id':'m3','to':'bob','content':{'text':'x'},'expires_in':60}");
    heard(bob);
    String here = "'type':1,'to':'carol'";
    String[][] refusals = {
      {forward("'m1','m2'", here), "message_not_found"},
      {forward("'m1','nothing'", here), "message_not_found"},
      {forward("'m1','m3'", here), "invalid_argument"},
      {forward("'m1'", "'type':2,'to':'nowhere'"), "group_not_found"},
      {forward("'m1'", "'target_conversation_id':'group:nowhere'"), "group_not_found"},
      {forward("'m1'", "'target_conversation_id':'bob:carol'"), "conversation_not_found"},
    };
    for (String[] refusal : refusals) {
      assertThat(alice.refusal("message.forward", refusal[0])).as(refusal[0]).isEqualTo(refusal[1]);
    }
    for (String wrong :
        List.of(
            forward("", here),
            forward("'a b'", here),
            forward("'m1'", "'type':1"),
            forward("'m1'", "'to':'carol'"),
            forward("'m1'", "'type':3,'to':'carol'"),
            forward("'m1'", "'type':1,'to':'system'"),
            forward("'m1'", here + ",'target_conversation_id':'alice:dave'"),
            forward("'m1'", "'type':2,'target_conversation_id':'alice:dave'"),
            forward("'m1'", here + ",'merge':'yes'"),
            forward("'m1'", here + ",'command_id':'a b'"),
            forward("'m1'", here).replace("'conversation_id':'alice:bob',", ""))) {
      assertThat(alice.refusalOfWrong("message.forward", wrong))
          .as(wrong)
          .isEqualTo("invalid_argument");
    }
    for (String target : List.of("m1", "nothing")) {
      assertThat(carol.refusal("message.forward", forward("'" + target + "'", here)))
          .isEqualTo("conversation_not_found");
    }
    assertThat(alice.refusal("conversation.get", "{'conversation_id':'alice:carol'}"))
        .isEqualTo("conversation_not_found");
    expectQuiet(alice, bob, carol);
  }
}
