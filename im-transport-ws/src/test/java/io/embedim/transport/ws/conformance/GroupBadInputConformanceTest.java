package io.embedim.transport.ws.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Parameters of {@code group.*} that no correct client sends: each is refused and changes nothing.
 */
class GroupBadInputConformanceTest extends GroupScene {

  @Test
  void ten_thousand_members_in_one_call_are_too_many_and_499_are_not() throws IOException {
    for (int count : new int[] {501, 10_000}) {
      assertThat(
              alice.refusalOfWrong("group.create", "{'name':'x','member_ids':" + ids(count) + "}"))
          .isEqualTo("invalid_argument");
    }
    assertThat(alice.refusal("group.create", "{'name':'x','member_ids':" + ids(500) + "}"))
        .isEqualTo("group_full");
    assertThat(alice.result("group.list", "{}").get("groups")).isEmpty();
    String id = create("{'name':'x','member_ids':" + ids(499) + "}");
    JsonNode event = alice.next();
    assertThat(event.at("/content/target_ids")).hasSize(200);
    assertThat(event.at("/content/extra/target_count").asInt()).isEqualTo(500);
    for (String method : List.of("group.invite", "group.kick")) {
      String name = method.equals("group.kick") ? "target_ids" : "user_ids";
      for (int count : new int[] {201, 10_000}) {
        assertThat(alice.refusalOfWrong(method, params(id, "'" + name + "':" + ids(count))))
            .isEqualTo("invalid_argument");
      }
    }
    assertThat(alice.result("group.members", params(id, "")).get("total").asInt()).isEqualTo(500);
    alice.expectQuiet();
  }

  /** So short that ten thousand of them fit into a frame. */
  private static String ids(int count) {
    return IntStream.range(10_000, 10_000 + count)
        .mapToObj(i -> "'" + Integer.toString(i, 36) + "'")
        .collect(Collectors.joining(",", "[", "]"));
  }

  @Test
  void what_names_and_texts_may_not_be_is_invalid() throws IOException {
    String id = circle("");
    for (String name :
        List.of(
            "''",
            "' '",
            "'\\u3000'",
            "'" + "x".repeat(65) + "'",
            "'a\\nb'",
            "'a\\u0007b'",
            "'a\\u0085b'",
            "'a\\u0000b'",
            "'\\ud800'",
            "7",
            "['x']")) {
      assertThat(alice.refusalOfWrong("group.create", "{'name':" + name + "}"))
          .as(name)
          .isEqualTo("invalid_argument");
      assertThat(alice.refusalOfWrong("group.update", params(id, "'name':" + name)))
          .as(name)
          .isEqualTo("invalid_argument");
      if (!name.equals("''")) {
        assertThat(alice.refusalOfWrong("group.nickname", params(id, "'nickname':" + name)))
            .as(name)
            .isEqualTo("invalid_argument");
      }
    }
    for (String text :
        List.of(
            "'avatar':'" + "x".repeat(1_025) + "'",
            "'description':'" + "x".repeat(1_025) + "'",
            "'announcement':'" + "x".repeat(4_097) + "'",
            "'join_mode':3",
            "'join_mode':'1'",
            "'max_members':0",
            "'max_members':501",
            "'past_visible':1")) {
      assertThat(alice.refusalOfWrong("group.create", "{'name':'x'," + text + "}"))
          .as(text)
          .isEqualTo("invalid_argument");
      assertThat(alice.refusalOfWrong("group.update", params(id, text)))
          .as(text)
          .isEqualTo("invalid_argument");
    }
    assertThat(alice.refusalOfWrong("group.create", "{}")).isEqualTo("invalid_argument");
    assertThat(alice.result("group.list", "{}").get("groups")).hasSize(1);
    assertThat(alice.result("group.info", params(id, "")).get("name").asText()).isEqualTo("Circle");
    String longest = "😀".repeat(64);
    alice.result("group.update", params(id, "'name':'" + longest + "'"));
    assertThat(heard(alice, bob, carol).at("/content/new_value").asText()).isEqualTo(longest);
    expectQuiet(alice, bob, carol);
  }

  @Test
  void parameters_that_are_missing_or_out_of_range_are_invalid() throws IOException {
    String id = circle("");
    for (String[] wrong :
        new String[][] {
          {"group.create", "'name':'x','member_ids':['a b']"},
          {"group.create", "'name':'x','member_ids':['system']"},
          {"group.create", "'name':'x','member_ids':'bob'"},
          {"group.create", "'name':'x','member_ids':[7]"},
          {"group.join", "'note':'" + "x".repeat(257) + "'"},
          {"group.join", "'note':7"},
          {"group.invite", "'user_ids':[]"},
          {"group.invite", "'user_ids':['group']"},
          {"group.invite", "'x':1"},
          {"group.kick", "'target_ids':[]"},
          {"group.kick", "'target_ids':null"},
          {"group.members", "'page':0"},
          {"group.members", "'page_size':0"},
          {"group.members", "'page_size':201"},
          {"group.members", "'page':2147483648"},
          {"group.set_admin", "'target_id':'bob'"},
          {"group.set_admin", "'is_admin':true"},
          {"group.set_admin", "'target_id':'bob','is_admin':'yes'"},
          {"group.transfer", "'new_owner_id':'a b'"},
          {"group.transfer", "'x':1"},
          {"group.mute", "'target_id':'bob'"},
          {"group.mute", "'target_id':'bob','duration_seconds':-1"},
          {"group.mute", "'target_id':'bob','duration_seconds':9223372036854775807"},
          {"group.mute", "'target_id':'bob','duration_seconds':1.5"},
          {"group.mute_all", "'x':1"},
          {"group.nickname", "'x':1"},
          {"group.list", "'limit':201"},
          {"group.list", "'page_token':'a b'"},
          {"group.approve", "'x':1"},
          {"group.reject", "'request_id':7"}
        }) {
      assertThat(alice.refusalOfWrong(wrong[0], params(id, wrong[1])))
          .as(String.join(" ", wrong))
          .isEqualTo("invalid_argument");
    }
    for (String groupId : List.of("", "a b", "group", "group:x", "x".repeat(65), "\\u0000")) {
      assertThat(alice.refusalOfWrong("group.info", params(groupId, "")))
          .as(groupId)
          .isEqualTo("invalid_argument");
    }
    alice.result("group.members", params(id, "'page':2147483647,'page_size':200"));
    expectQuiet(alice, bob, carol);
    assertThat(types(log(alice, id))).containsExactly(10);
  }
}
