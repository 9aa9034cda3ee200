package io.embedim.transport.ws.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Groups: type 2, the events 10 to 18 and the methods {@code group.*}. */
class GroupConformanceTest extends GroupScene {

  @Test
  void a_new_group_is_told_to_every_device_of_every_member_the_makers_own_included()
      throws IOException {
    Client laptop = login(server, "alice");
    Client stranger = login(server, "dave");
    JsonNode group =
        alice.result(
            "group.create",
            "{'name':'Circle','description':'the three','member_ids':['bob','carol','bob','alice'],"
                + "'join_mode':1,'max_members':7,'past_visible':true}");
    String id = group.get("group_id").asText();
    JsonNode event = heard(alice, laptop, bob, carol);
    assertThat(event.get("type").asInt()).isEqualTo(10);
    assertThat(event.get("seq").asLong()).isEqualTo(1);
    assertThat(event.get("from").asText()).isEqualTo("alice");
    assertThat(event.get("to").asText()).isEqualTo(id);
    assertThat(event.get("conversation_id").asText()).isEqualTo("group:" + id);
    assertThat(event.get("content").toString())
        .isEqualTo(
            json(
                "{'group_id':'"
                    + id
                    + "','operator_id':'alice','target_ids':['alice','bob','carol'],"
                    + "'extra':{'name':'Circle'}}"));
    expectQuiet(alice, laptop, bob, carol, stranger);

    assertThat(group.get("name").asText()).isEqualTo("Circle");
    assertThat(group.get("description").asText()).isEqualTo("the three");
    assertThat(group.get("avatar").asText()).isEmpty();
    assertThat(group.get("owner_id").asText()).isEqualTo("alice");
    assertThat(group.get("member_count").asInt()).isEqualTo(3);
    assertThat(group.get("max_members").asInt()).isEqualTo(7);
    assertThat(group.get("join_mode").asInt()).isEqualTo(1);
    assertThat(group.get("past_visible").asBoolean()).isTrue();
    assertThat(group.get("status").asInt()).isEqualTo(1);
    assertThat(group.get("created_at").asLong()).isEqualTo(server.clock.millis());
    ObjectNode info = (ObjectNode) bob.result("group.info", params(id, ""));
    assertThat(info.remove("me").toString())
        .isEqualTo(
            json(
                "{'user_id':'bob','role':0,'nickname':'','muted_until':0,'joined_at':"
                    + server.clock.millis()
                    + ",'invited_by':'alice'}"));
    assertThat(info).isEqualTo(group);
  }

  @Test
  void a_group_needs_a_name_and_nothing_else() throws IOException {
    JsonNode group = alice.result("group.create", "{'name':'Mine'}");
    assertThat(group.get("member_count").asInt()).isEqualTo(1);
    assertThat(group.get("max_members").asInt()).isEqualTo(500);
    assertThat(group.get("join_mode").asInt()).isZero();
    assertThat(group.get("past_visible").asBoolean()).isFalse();
    assertThat(alice.next().get("type").asInt()).isEqualTo(10);
  }

  @Test
  void a_message_reaches_every_session_of_every_member_but_the_one_that_sent_it()
      throws IOException {
    String id = circle("");
    Client[] others = {login(server, "alice"), bob, login(server, "bob"), carol};
    Client stranger = login(server, "dave");
    JsonNode ack = alice.sayToGroup(id, "m1", "hi");
    assertThat(ack.get("conversation_id").asText()).isEqualTo("group:" + id);
    assertThat(ack.get("seq").asLong()).isEqualTo(2);
    JsonNode message = heard(others);
    assertThat(message.get("type").asInt()).isEqualTo(2);
    assertThat(message.get("from").asText()).isEqualTo("alice");
    assertThat(message.get("to").asText()).isEqualTo(id);
    assertThat(message.get("conversation_id").asText()).isEqualTo("group:" + id);
    assertThat(message.get("content").toString()).isEqualTo(json("{'text':'hi'}"));
    assertThat(message.get("timestamp")).isEqualTo(ack.get("timestamp"));

    JsonNode again = alice.sayToGroup(id, "m1", "hi");
    assertThat(again.at("/content/status").asText()).isEqualTo("duplicate");
    assertThat(again.get("seq").asLong()).isEqualTo(2);
    JsonNode taken = bob.ask(Client.groupChat(id, "m1", "mine"));
    assertThat(taken.at("/content/reason").asText()).isEqualTo("message_id_taken");

    bob.send(
        "{'type':2,'conversation_id':'group:"
            + id
            + "','to':'"
            + id
            + "','qos':0,'content':{'text':'now'}}");
    JsonNode passing = heard(alice, others[0], others[2], carol);
    assertThat(passing.has("seq")).isFalse();
    JsonNode sent =
        carol.result(
            "message.send",
            "{'type':2,'message_id':'m2','to':'" + id + "','content':{'text':'by request'}}");
    assertThat(sent.get("seq").asLong()).isEqualTo(3);
    assertThat(heard(alice, others[0], bob, others[2], carol).get("seq").asLong()).isEqualTo(3);
    expectQuiet(alice, others[0], bob, others[2], carol, stranger);
  }

  @Test
  void every_change_is_an_event_for_every_device_of_every_member_and_stays_in_the_log()
      throws IOException {
    String id = circle("");
    Client laptop = login(server, "alice");
    Client[] everybody = {alice, laptop, bob, login(server, "bob"), carol};
    List<JsonNode> told = new ArrayList<>();
    long until = server.clock.millis() + 60_000;
    for (String[] change :
        new String[][] {
          {"set_admin", "'target_id':'bob','is_admin':true", "16", "['bob']", "{'role':1}"},
          {"set_admin", "'target_id':'bob','is_admin':false", "16", "['bob']", "{'role':0}"},
          {
            "mute",
            "'target_id':'carol','duration_seconds':60",
            "17",
            "['carol']",
            "{'mute_until':" + until + "}"
          },
          {
            "mute",
            "'target_id':'carol','duration_seconds':0",
            "17",
            "['carol']",
            "{'mute_until':0}"
          },
          {"mute_all", "'mute_all':true", "17", "[]", "{'mute_all':true}"},
          {"mute_all", "'mute_all':false", "17", "[]", "{'mute_all':false}"},
          {"invite", "'user_ids':['bob','dave','erin']", "11", "['dave','erin']", "{}"},
          {"kick", "'target_ids':['erin','alice','dave']", "13", "['erin','dave']", "{}"},
          {"transfer", "'new_owner_id':'bob'", "18", "['bob']", "{}"}
        }) {
      alice.result("group." + change[0], params(id, change[1]));
      JsonNode event = heard(everybody);
      told.add(event);
      assertThat(event.get("type").asText()).as(change[0]).isEqualTo(change[2]);
      assertThat(event.get("from").asText()).isEqualTo("alice");
      assertThat(event.get("content").toString())
          .isEqualTo(
              json(
                  "{'group_id':'"
                      + id
                      + "','operator_id':'alice','target_ids':"
                      + change[3]
                      + ",'extra':"
                      + change[4]
                      + "}"));
    }
    expectQuiet(everybody);
    List<JsonNode> log = log(carol, id);
    assertThat(log.subList(1, log.size())).isEqualTo(told);
  }

  @Test
  void each_field_that_changes_is_an_event_and_what_stays_as_it_was_is_none() throws IOException {
    String id = circle("");
    JsonNode updated =
        alice.result(
            "group.update",
            params(
                id,
                "'name':'Square','avatar':'','announcement':'hear','join_mode':2,"
                    + "'max_members':9,'past_visible':true"));
    assertThat(updated.get("name").asText()).isEqualTo("Square");
    assertThat(updated.get("announcement").asText()).isEqualTo("hear");
    for (String change :
        new String[] {
          "'field':'name','old_value':'Circle','new_value':'Square'",
          "'field':'announcement','old_value':'','new_value':'hear'",
          "'field':'max_members','old_value':500,'new_value':9",
          "'field':'join_mode','old_value':0,'new_value':2",
          "'field':'past_visible','old_value':false,'new_value':true"
        }) {
      assertUpdate(heard(alice, bob, carol), id, "alice", change);
    }
    bob.result("group.nickname", params(id, "'nickname':'Bobby'"));
    assertUpdate(
        heard(alice, bob, carol),
        id,
        "bob",
        "'field':'nickname','old_value':'','new_value':'Bobby'");
    bob.result("group.nickname", params(id, "'nickname':'Bobby'"));
    alice.result("group.update", params(id, "'name':'Square'"));
    alice.result("group.set_admin", params(id, "'target_id':'bob','is_admin':false"));
    alice.result("group.mute_all", params(id, "'mute_all':false"));
    expectQuiet(alice, bob, carol);
    bob.result("group.nickname", params(id, "'nickname':''"));
    assertThat(heard(alice, bob, carol).at("/content/new_value").asText()).isEmpty();
  }

  private static void assertUpdate(JsonNode event, String id, String operator, String change) {
    assertThat(event.get("type").asInt()).isEqualTo(15);
    assertThat(event.get("content").toString())
        .isEqualTo(
            json("{'group_id':'" + id + "','operator_id':'" + operator + "'," + change + "}"));
  }

  @Test
  void members_come_by_role_and_id_page_by_page_and_groups_by_id() throws IOException {
    String id = create("{'name':'Many','member_ids':['zoe','yan','bob','carol']}");
    alice.result("group.set_admin", params(id, "'target_id':'yan','is_admin':true"));
    List<String> found = new ArrayList<>();
    for (int page = 1; page <= 3; page++) {
      JsonNode members =
          bob.result("group.members", params(id, "'page':" + page + ",'page_size':2"));
      assertThat(members.get("total").asInt()).isEqualTo(5);
      found.addAll(members.findValuesAsText("user_id"));
    }
    assertThat(found).containsExactly("alice", "yan", "bob", "carol", "zoe");
    assertThat(bob.result("group.members", params(id, "'page':4,'page_size':2")).get("members"))
        .isEmpty();
    assertThat(bob.result("group.members", params(id, "")).get("members")).hasSize(5);

    create("{'name':'Other','member_ids':['bob']}");
    String gone = create("{'name':'Gone','member_ids':['bob']}");
    alice.result("group.dismiss", params(gone, ""));
    JsonNode first = bob.result("group.list", "{'limit':1}");
    JsonNode second =
        bob.result(
            "group.list",
            "{'limit':2,'page_token':'" + first.get("next_page_token").asText() + "'}");
    assertThat(second.has("next_page_token")).isFalse();
    List<String> listed = new ArrayList<>(first.findValuesAsText("name"));
    listed.addAll(second.findValuesAsText("name"));
    assertThat(listed).containsExactlyInAnyOrder("Many", "Other");
  }

  @Test
  void cursors_and_typing_of_a_group_are_told_to_its_members() throws IOException {
    String id = circle("");
    alice.sayToGroup(id, "m1", "hi");
    heard(bob, carol);
    assertThat(view(bob, id).get("unread_count").asInt()).isEqualTo(1);
    Client laptop = login(server, "bob");
    bob.send("{'type':21,'conversation_id':'group:" + id + "','content':{'last_read_seq':2}}");
    JsonNode receipt = heard(alice, carol, laptop);
    assertThat(receipt.get("type").asInt()).isEqualTo(21);
    assertThat(receipt.get("from").asText()).isEqualTo("bob");
    assertThat(view(bob, id).get("unread_count").asInt()).isZero();
    JsonNode read = carol.result("conversation.readers", conversation(id)).get("read");
    assertThat(read.get("bob").asLong()).isEqualTo(2);
    assertThat(read.get("carol").asLong()).isLessThan(2);
    carol.send("{'type':23,'conversation_id':'group:" + id + "'}");
    assertThat(heard(alice, bob, laptop).toString())
        .isEqualTo(json("{'type':23,'from':'carol','conversation_id':'group:" + id + "'}"));
    expectQuiet(alice, bob, laptop, carol);
  }
}
