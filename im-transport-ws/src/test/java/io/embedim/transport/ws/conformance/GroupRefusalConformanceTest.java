package io.embedim.transport.ws.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What groups refuse, and with what reason; nothing that was refused has changed anything. */
class GroupRefusalConformanceTest extends GroupScene {

  /** Every method that is about one group, with parameters that are good but for the group. */
  private static final Map<String, String> ABOUT_A_GROUP = new LinkedHashMap<>();

  static {
    ABOUT_A_GROUP.put("group.info", "");
    ABOUT_A_GROUP.put("group.update", "'name':'Mine'");
    ABOUT_A_GROUP.put("group.leave", "");
    ABOUT_A_GROUP.put("group.dismiss", "");
    ABOUT_A_GROUP.put("group.invite", "'user_ids':['dave']");
    ABOUT_A_GROUP.put("group.kick", "'target_ids':['bob']");
    ABOUT_A_GROUP.put("group.members", "");
    ABOUT_A_GROUP.put("group.set_admin", "'target_id':'bob','is_admin':true");
    ABOUT_A_GROUP.put("group.transfer", "'new_owner_id':'dave'");
    ABOUT_A_GROUP.put("group.mute", "'target_id':'bob','duration_seconds':1");
    ABOUT_A_GROUP.put("group.mute_all", "'mute_all':true");
    ABOUT_A_GROUP.put("group.nickname", "'nickname':'Me'");
    ABOUT_A_GROUP.put("group.requests", "");
    ABOUT_A_GROUP.put("group.approve", "'request_id':'r'");
    ABOUT_A_GROUP.put("group.reject", "'request_id':'r'");
  }

  @Test
  void a_strangers_group_looks_like_one_that_does_not_exist() throws IOException {
    String id = circle(",'join_mode':2");
    alice.sayToGroup(id, "m1", "secret");
    heard(bob, carol);
    Client dave = login(server, "dave");
    for (Map.Entry<String, String> method : ABOUT_A_GROUP.entrySet()) {
      JsonNode absent = error(dave, method.getKey(), params("no-such-group", method.getValue()));
      assertThat(absent.get("reason").asText()).isEqualTo("group_not_found");
      assertThat(error(dave, method.getKey(), params(id, method.getValue())))
          .as(method.getKey())
          .isEqualTo(absent);
    }
    for (String method :
        List.of(
            "conversation.get", "conversation.update", "conversation.readers", "message.history")) {
      JsonNode absent = error(dave, method, conversation("no-such-group"));
      assertThat(absent.get("reason").asText()).isEqualTo("conversation_not_found");
      assertThat(error(dave, method, conversation(id))).as(method).isEqualTo(absent);
    }
    for (String frame :
        List.of(
            "{'type':2,'message_id':'x','to':'%s','content':{'text':'x'}}",
            "{'type':2,'message_id':'m1','to':'%s','content':{'text':'x'}}",
            "{'type':2,'message_id':'x','to':'%s','reply_to':'m1','content':{'text':'x'}}",
            "{'type':2,'message_id':'x','to':'%s','qos':0,'content':{'text':'x'}}",
            "{'type':21,'message_id':'x','conversation_id':'group:%s','content':{'last_read_seq':1}}",
            "{'type':23,'message_id':'x','conversation_id':'group:%s'}")) {
      JsonNode absent = dave.ask(frame.formatted("no-such-group"));
      assertThat(absent.get("type").asInt()).as(frame).isEqualTo(93);
      assertThat(dave.ask(frame.formatted(id))).isEqualTo(absent);
    }
    dave.send("{'type':20,'conversation_id':'group:" + id + "','content':{'seq':1}}");
    dave.send("{'type':20,'message_id':'m1','conversation_id':'group:" + id + "'}");
    assertThat(dave.result("sync", "{'cursors':{'group:" + id + "':0}}").get("conversations"))
        .isEmpty();
    expectQuiet(alice, bob, carol, dave);
    assertThat(types(log(alice, id))).containsExactly(10, 2);
  }

  private static JsonNode error(Client client, String method, String params) throws IOException {
    JsonNode content = client.call(method, params);
    assertThat(content.has("error")).as(method + " " + content).isTrue();
    return content.get("error");
  }

  @Test
  void each_role_may_do_what_is_its_own() throws IOException {
    String id = create("{'name':'Roles','member_ids':['bob','carol','dave','erin']}");
    heard(alice, bob, carol);
    for (String admin : List.of("bob", "dave")) {
      alice.result("group.set_admin", params(id, "'target_id':'" + admin + "','is_admin':true"));
      heard(alice, bob, carol);
    }
    alice.result("group.update", params(id, "'join_mode':1"));
    heard(alice, bob, carol);
    for (String[] refused :
        new String[][] {
          {"carol", "group.update", "'name':'x'", "not_group_admin"},
          {"carol", "group.invite", "'user_ids':['fay']", "not_group_admin"},
          {"carol", "group.kick", "'target_ids':['erin']", "not_group_admin"},
          {"carol", "group.mute", "'target_id':'erin','duration_seconds':1", "not_group_admin"},
          {"carol", "group.mute_all", "'mute_all':true", "not_group_admin"},
          {"carol", "group.requests", "", "not_group_admin"},
          {"carol", "group.set_admin", "'target_id':'carol','is_admin':true", "not_group_owner"},
          {"carol", "group.transfer", "'new_owner_id':'carol'", "not_group_owner"},
          {"carol", "group.dismiss", "", "not_group_owner"},
          {"bob", "group.kick", "'target_ids':['dave']", "not_group_owner"},
          {"bob", "group.kick", "'target_ids':['alice']", "cannot_kick_owner"},
          {"bob", "group.mute", "'target_id':'dave','duration_seconds':1", "not_group_owner"},
          {"bob", "group.mute", "'target_id':'alice','duration_seconds':1", "invalid_argument"},
          {"bob", "group.set_admin", "'target_id':'erin','is_admin':true", "not_group_owner"},
          {"bob", "group.transfer", "'new_owner_id':'bob'", "not_group_owner"},
          {"bob", "group.dismiss", "", "not_group_owner"},
          {"bob", "group.join", "", "already_member"},
          {"alice", "group.leave", "", "owner_must_transfer"},
          {"alice", "group.kick", "'target_ids':['alice']", "invalid_argument"},
          {"alice", "group.kick", "'target_ids':['nobody']", "not_member"},
          {"alice", "group.mute", "'target_id':'nobody','duration_seconds':1", "not_member"},
          {"alice", "group.set_admin", "'target_id':'nobody','is_admin':true", "not_member"},
          {"alice", "group.set_admin", "'target_id':'alice','is_admin':false", "invalid_argument"},
          {"alice", "group.transfer", "'new_owner_id':'nobody'", "not_member"},
          {"alice", "group.transfer", "'new_owner_id':'alice'", "invalid_argument"},
          {"alice", "group.invite", "'user_ids':['bob','alice']", "already_member"},
          {"alice", "group.join", "", "already_member"}
        }) {
      Client client = refused[0].equals("alice") ? alice : refused[0].equals("bob") ? bob : carol;
      assertThat(client.refusal(refused[1], params(id, refused[2])))
          .as(String.join(" ", refused))
          .isEqualTo(refused[3]);
    }
    expectQuiet(alice, bob, carol);
  }

  @Test
  void of_those_who_are_to_be_kicked_some_may_be_refused() throws IOException {
    String id = circle("");
    JsonNode result =
        alice.result("group.kick", params(id, "'target_ids':['nobody','carol','alice','carol']"));
    assertThat(result.get("kicked").toString()).isEqualTo(json("['carol']"));
    assertThat(result.get("refused"))
        .extracting(
            refused -> refused.get("user_id").asText() + ": " + refused.get("reason").asText())
        .containsExactlyInAnyOrder("nobody: not_member", "alice: invalid_argument");
    assertThat(heard(alice, bob, carol).at("/content/target_ids").toString())
        .isEqualTo(json("['carol']"));
    expectQuiet(alice, bob, carol);
  }

  @Test
  void who_is_muted_may_not_speak_until_her_time_is_over_or_she_is_let() throws IOException {
    String id = circle("");
    alice.result("group.mute", params(id, "'target_id':'bob','duration_seconds':60"));
    heard(alice, bob, carol);
    assertThat(refusedToSpeak(bob, id, "m1")).isEqualTo("muted");
    bob.result("group.nickname", params(id, "'nickname':'Quiet'"));
    heard(alice, bob, carol);
    server.clock.advance(Duration.ofSeconds(60));
    bob.sayToGroup(id, "m1", "at last");
    heard(alice, carol);

    alice.result("group.mute_all", params(id, "'mute_all':true"));
    heard(alice, bob, carol);
    assertThat(refusedToSpeak(bob, id, "m2")).isEqualTo("muted");
    assertThat(
            bob.refusal(
                "message.send",
                "{'type':2,'message_id':'m2','to':'" + id + "','content':{'text':'x'}}"))
        .isEqualTo("muted");
    alice.sayToGroup(id, "a1", "only me");
    heard(bob, carol);
    alice.result("group.mute_all", params(id, "'mute_all':false"));
    heard(alice, bob, carol);
    bob.sayToGroup(id, "m2", "me too");
    heard(alice, carol);
    expectQuiet(alice, bob, carol);
  }

  @Test
  void a_closed_group_takes_nobody_and_a_full_one_nobody_more() throws IOException {
    Client dave = login(server, "dave");
    String closed = circle(",'join_mode':2");
    assertThat(dave.refusal("group.join", params(closed, ""))).isEqualTo("join_closed");
    String full = circle(",'max_members':3");
    assertThat(dave.refusal("group.join", params(full, ""))).isEqualTo("group_full");
    assertThat(alice.refusal("group.invite", params(full, "'user_ids':['dave']")))
        .isEqualTo("group_full");
    assertThat(alice.refusal("group.update", params(full, "'max_members':2")))
        .isEqualTo("invalid_argument");
    assertThat(
            alice.refusal(
                "group.create", "{'name':'Small','max_members':2,'member_ids':['bob','carol']}"))
        .isEqualTo("group_full");
    assertThat(dave.refusal("group.join", params("no-such-group", "")))
        .isEqualTo("group_not_found");
    expectQuiet(alice, bob, carol, dave);
  }

  @Test
  void whom_the_host_does_not_know_cannot_be_brought_in() throws IOException {
    Deployment picky =
        server(
            settings -> settings,
            parts ->
                parts.userDirectory(
                    ids -> {
                      Set<String> known = new HashSet<>(Set.of("alice", "bob"));
                      known.retainAll(ids);
                      return known;
                    }));
    Client owner = login(picky, "alice");
    assertThat(owner.refusal("group.create", "{'name':'x','member_ids':['bob','ghost']}"))
        .isEqualTo("user_not_found");
    assertThat(owner.result("group.list", "{}").get("groups")).isEmpty();
    String id = owner.result("group.create", "{'name':'x'}").get("group_id").asText();
    assertThat(owner.next().get("type").asInt()).isEqualTo(10);
    assertThat(owner.refusal("group.invite", params(id, "'user_ids':['bob','ghost']")))
        .isEqualTo("user_not_found");
    assertThat(owner.result("group.members", params(id, "")).get("total").asInt()).isEqualTo(1);
    owner.expectQuiet();
  }
}
