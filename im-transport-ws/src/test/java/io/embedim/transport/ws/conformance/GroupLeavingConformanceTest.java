package io.embedim.transport.ws.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who comes into a group and goes: what she hears, and what of it she finds later. */
class GroupLeavingConformanceTest extends GroupScene {

  @Test
  void who_is_kicked_hears_of_it_on_all_devices_and_of_nothing_after_it() throws IOException {
    String id = circle("");
    Client tablet = login(server, "carol");
    bob.sayToGroup(id, "m1", "before");
    heard(alice, carol, tablet);
    assertThat(alice.result("group.kick", params(id, "'target_ids':['carol']")).toString())
        .isEqualTo(json("{'kicked':['carol'],'refused':[]}"));
    JsonNode event = heard(alice, bob, carol, tablet);
    assertThat(event.get("type").asInt()).isEqualTo(13);
    bob.sayToGroup(id, "m2", "after");
    alice.result("group.update", params(id, "'name':'Two'"));
    bob.send("{'type':23,'conversation_id':'group:" + id + "'}");
    assertThat(bob.next().get("type").asInt()).isEqualTo(15);
    expectQuiet(carol, tablet);
    assertEnded(carol, id, event);
    assertThat(view(carol, id).get("unread_count").asInt()).isEqualTo(1);
    assertThat(types(log(carol, id))).containsExactly(10, 2, 13);
    assertThat(view(bob, id).has("left")).isFalse();
  }

  @Test
  void who_leaves_is_as_gone_as_who_was_kicked() throws IOException {
    String id = circle("");
    Client tablet = login(server, "carol");
    assertThat(carol.result("group.leave", params(id, "")).toString()).isEqualTo("{}");
    JsonNode event = heard(alice, bob, carol, tablet);
    assertThat(event.get("type").asInt()).isEqualTo(12);
    assertThat(event.get("from").asText()).isEqualTo("carol");
    assertThat(event.at("/content/target_ids").toString()).isEqualTo(json("['carol']"));
    alice.sayToGroup(id, "m1", "after");
    bob.next();
    expectQuiet(alice, bob, carol, tablet);
    assertEnded(carol, id, event);
  }

  /** Everything that she can still ask says that the log ends with this event. */
  private void assertEnded(Client client, String id, JsonNode event) throws IOException {
    JsonNode view = view(client, id);
    assertThat(view.get("left").asBoolean()).isTrue();
    assertThat(view.get("max_seq")).isEqualTo(event.get("seq"));
    assertThat(view.get("updated_at")).isEqualTo(event.get("timestamp"));
    List<JsonNode> log = log(client, id);
    assertThat(log.get(log.size() - 1)).isEqualTo(event);
    JsonNode synced = client.result("sync", "{}").at("/conversations/0");
    assertThat(synced.get("conversation")).isEqualTo(view);
    assertThat(synced.at("/messages/" + (log.size() - 1))).isEqualTo(event);
    assertThat(synced.get("messages")).hasSize(log.size());
    assertThat(client.result("group.list", "{}").get("groups")).isEmpty();
    assertThat(refusedToSpeak(client, id, "late")).isEqualTo("group_not_found");
    assertThat(client.refusal("group.members", params(id, ""))).isEqualTo("group_not_found");
    assertThat(client.refusal("group.leave", params(id, ""))).isEqualTo("group_not_found");
    String tooFar =
        "{'conversation_id':'group:"
            + id
            + "','last_read_seq':"
            + (event.get("seq").asLong() + 1)
            + "}";
    assertThat(client.refusal("conversation.read", tooFar)).isEqualTo("invalid_argument");
    client.expectQuiet();
  }

  @Test
  void a_device_that_was_away_finds_by_sync_what_the_others_heard() throws IOException {
    String id = circle("");
    List<JsonNode> told = new ArrayList<>();
    alice.sayToGroup(id, "m1", "one");
    told.add(heard(bob, carol));
    alice.result("group.update", params(id, "'name':'Square'"));
    told.add(heard(alice, bob, carol));
    alice.result("group.kick", params(id, "'target_ids':['carol']"));
    told.add(heard(alice, bob, carol));
    int untilKick = told.size();
    alice.sayToGroup(id, "m2", "two");
    told.add(bob.next());
    alice.result("group.dismiss", params(id, ""));
    told.add(heard(alice, bob));

    String since = "{'cursors':{'group:" + id + "':1}}";
    JsonNode bobs = login(server, "bob").result("sync", since).at("/conversations/0");
    assertThat(bobs.get("messages")).containsExactlyElementsOf(told);
    JsonNode carols = login(server, "carol").result("sync", since).at("/conversations/0");
    assertThat(carols.get("messages")).containsExactlyElementsOf(told.subList(0, untilKick));
    assertThat(carols.at("/conversation/left").asBoolean()).isTrue();
  }

  @Test
  void who_comes_back_sees_her_conversation_go_on_without_what_was_said_meanwhile()
      throws IOException {
    String id = circle("");
    alice.result("group.kick", params(id, "'target_ids':['carol']"));
    heard(alice, bob, carol);
    bob.sayToGroup(id, "m1", "meanwhile");
    alice.next();
    assertThat(carol.result("group.join", params(id, "")).get("status").asText())
        .isEqualTo("joined");
    JsonNode event = heard(alice, bob, carol);
    assertThat(event.get("type").asInt()).isEqualTo(11);
    assertThat(event.get("from").asText()).isEqualTo("carol");
    bob.sayToGroup(id, "m2", "again");
    JsonNode message = heard(alice, carol);
    assertThat(view(carol, id).has("left")).isFalse();
    assertThat(log(carol, id)).containsExactly(event, message);
    assertThat(types(log(bob, id))).containsExactly(10, 13, 2, 11, 2);
  }

  @Test
  void who_is_new_sees_the_log_from_her_coming_on_unless_the_group_shows_its_past()
      throws IOException {
    Client dave = login(server, "dave");
    for (boolean past : new boolean[] {false, true}) {
      String id = circle(",'past_visible':" + past);
      alice.sayToGroup(id, "m1", "old");
      heard(bob, carol);
      alice.result("group.invite", params(id, "'user_ids':['dave']"));
      JsonNode event = heard(alice, bob, carol, dave);
      assertThat(event.get("type").asInt()).isEqualTo(11);
      if (past) {
        assertThat(types(log(dave, id))).containsExactly(10, 2, 11);
      } else {
        assertThat(log(dave, id)).containsExactly(event);
      }
      assertThat(view(dave, id).get("unread_count").asInt()).isZero();
      assertThat(dave.result("group.info", params(id, "")).at("/me/invited_by").asText())
          .isEqualTo("alice");
    }
  }

  @Test
  void a_group_that_was_dismissed_can_be_read_and_nothing_else() throws IOException {
    String id = circle("");
    alice.sayToGroup(id, "m1", "last words");
    heard(bob, carol);
    alice.result("group.dismiss", params(id, ""));
    JsonNode event = heard(alice, bob, carol);
    assertThat(event.get("type").asInt()).isEqualTo(14);
    assertThat(event.at("/content/target_ids")).isEmpty();
    assertThat(types(log(carol, id))).containsExactly(10, 2, 14);
    assertThat(carol.result("group.info", params(id, "")).get("status").asInt()).isZero();
    assertThat(carol.result("group.members", params(id, "")).get("total").asInt()).isEqualTo(3);
    assertThat(refusedToSpeak(carol, id, "m2")).isEqualTo("group_dismissed");
    assertThat(alice.refusal("group.dismiss", params(id, ""))).isEqualTo("group_dismissed");
    assertThat(alice.refusal("group.invite", params(id, "'user_ids':['dave']")))
        .isEqualTo("group_dismissed");
    assertThat(carol.refusal("group.leave", params(id, ""))).isEqualTo("group_dismissed");
    Client dave = login(server, "dave");
    assertThat(dave.refusal("group.join", params(id, ""))).isEqualTo("group_not_found");
    assertThat(dave.refusal("group.info", params(id, ""))).isEqualTo("group_not_found");
    expectQuiet(alice, bob, carol);
  }
}
