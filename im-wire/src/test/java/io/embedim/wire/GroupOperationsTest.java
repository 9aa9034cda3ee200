package io.embedim.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.core.Caller;
import io.embedim.core.ImEngine;
import io.embedim.core.ImError;
import io.embedim.spi.hook.Authenticator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The operations on groups as a transport without sessions, such as HTTP, calls them. */
class GroupOperationsTest {

  private static final Pattern GROUP_ID = Pattern.compile("'group_id':'([^']+)'");

  private ImEngine engine;
  private Operations operations;
  private FrameDecoder decoder;
  private String groupId = "";

  @BeforeEach
  void start() {
    engine =
        ImEngine.builder()
            .authenticator(token -> new Authenticator.Result.Rejected("nobody connects"))
            .build();
    operations = new Operations(engine);
    decoder = new FrameDecoder(engine.settings());
    Matcher id =
        GROUP_ID.matcher(
            post("alice", "create", "{'name':'Team','member_ids':['bob','carol'],'join_mode':1}"));
    assertThat(id.find()).isTrue();
    groupId = id.group(1);
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  private String post(String user, String name, String body) {
    return call(user, name, decoder.parameters(body.replace('\'', '"')));
  }

  private String get(String user, String name, Map<String, String> others) {
    Map<String, List<String>> query = new HashMap<>();
    query.put("group_id", List.of(groupId));
    others.forEach((parameter, value) -> query.put(parameter, List.of(value)));
    assertThat(operation(name).verb()).isEqualTo(Operation.Verb.GET);
    return call(user, name, Parameters.ofQuery(query));
  }

  private String call(String user, String name, Parameters parameters) {
    try {
      return operation(name)
          .call(new Invocation(Caller.user(user), null), parameters)
          .toCompletableFuture()
          .join()
          .replace('"', '\'');
    } catch (CompletionException e) {
      ImError error = WireError.of(e).error();
      return error.httpStatus() + " " + error.reason();
    }
  }

  private Operation operation(String name) {
    Operation operation = operations.find("group." + name);
    assertThat(operation).as(name).isNotNull();
    return operation;
  }

  private String named(String others) {
    return "{'group_id':'" + groupId + "'" + others + "}";
  }

  @Test
  void a_query_reads_the_same_as_a_frame() {
    post("alice", "create", "{'name':'Other'}");
    post("dave", "join", named(",'note':'hi'"));
    assertThat(get("bob", "info", Map.of())).isEqualTo(post("bob", "info", named("")));
    assertThat(get("bob", "members", Map.of("page", "2", "page_size", "2")))
        .isEqualTo(post("bob", "members", named(",'page':2,'page_size':2")))
        .contains("'user_id':'carol'")
        .doesNotContain("'user_id':'alice'");
    assertThat(get("alice", "list", Map.of("limit", "1")))
        .isEqualTo(post("alice", "list", "{'limit':1}"))
        .contains("next_page_token");
    assertThat(get("alice", "requests", Map.of()))
        .isEqualTo(post("alice", "requests", named("")))
        .contains("'user_id':'dave'");
  }

  @Test
  void refusals_have_their_status() {
    assertThat(get("dave", "members", Map.of())).isEqualTo("404 group_not_found");
    assertThat(get("bob", "requests", Map.of())).isEqualTo("403 not_group_admin");
    assertThat(get("bob", "members", Map.of("page", "first"))).isEqualTo("400 invalid_argument");
    assertThat(post("bob", "join", named(""))).isEqualTo("409 already_member");
    assertThat(post("alice", "leave", named(""))).isEqualTo("403 owner_must_transfer");
    assertThat(post("alice", "approve", named(",'request_id':'r'")))
        .isEqualTo("404 join_request_not_found");
    assertThat(post("alice", "create", "{'name':'x','max_members':1,'member_ids':['bob']}"))
        .isEqualTo("422 group_full");
  }

  @Test
  void what_is_changed_is_changed_without_a_session() {
    for (String[] call :
        new String[][] {
          {"set_admin", ",'target_id':'bob','is_admin':true"},
          {"mute", ",'target_id':'carol','duration_seconds':60"},
          {"mute_all", ",'mute_all':true"},
          {"nickname", ",'nickname':'Al'"},
          {"transfer", ",'new_owner_id':'bob'"},
          {"leave", ""}
        }) {
      assertThat(post("alice", call[0], named(call[1]))).as(call[0]).isEqualTo("{}");
    }
    assertThat(get("bob", "info", Map.of()))
        .contains("'owner_id':'bob'", "'member_count':2", "'mute_all':true", "'role':2");
    assertThat(post("bob", "invite", named(",'user_ids':['alice']")))
        .isEqualTo("{'invited':['alice']}");
    assertThat(post("bob", "kick", named(",'target_ids':['alice','nobody']")))
        .isEqualTo("{'kicked':['alice'],'refused':[{'user_id':'nobody','reason':'not_member'}]}");
    assertThat(post("bob", "dismiss", named(""))).isEqualTo("{}");
    assertThat(get("carol", "info", Map.of())).contains("'status':0");
  }

  @Test
  void a_nickname_is_removed_by_an_empty_one_and_not_by_none() {
    post("bob", "nickname", named(",'nickname':'Bobby'"));
    assertThat(post("bob", "nickname", named(""))).isEqualTo("400 invalid_argument");
    assertThat(post("bob", "nickname", named(",'nickname':null")))
        .isEqualTo("400 invalid_argument");
    assertThat(get("bob", "info", Map.of())).contains("'nickname':'Bobby'");
    post("bob", "nickname", named(",'nickname':''"));
    assertThat(get("bob", "info", Map.of())).contains("'nickname':''");
  }
}
