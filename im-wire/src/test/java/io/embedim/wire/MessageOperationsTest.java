package io.embedim.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.core.Caller;
import io.embedim.core.ImEngine;
import io.embedim.core.ImSettings;
import io.embedim.spi.hook.Authenticator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The operations on messages as a transport without sessions, such as HTTP, calls them. */
class MessageOperationsTest {

  private ImEngine engine;
  private Operations operations;
  private FrameDecoder decoder;

  @BeforeEach
  void start() {
    engine =
        ImEngine.builder()
            .authenticator(token -> new Authenticator.Result.Rejected("nobody connects"))
            .settings(ImSettings.builder().messages(rules -> rules.keepsEdits(true)).build())
            .build();
    operations = new Operations(engine);
    decoder = new FrameDecoder(engine.settings());
    post("message.send", "'type':1,'message_id':'m1','to':'bob','content':{'text':'hello'}");
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  private String post(String method, String body) {
    assertThat(operation(method).verb()).isEqualTo(Operation.Verb.POST);
    return call("alice", method, decoder.parameters(("{" + body + "}").replace('\'', '"')));
  }

  private String get(String method, String... query) {
    Map<String, List<String>> parameters = new HashMap<>();
    for (int i = 0; i < query.length; i += 2) {
      parameters.put(query[i], List.of(query[i + 1]));
    }
    assertThat(operation(method).verb()).isEqualTo(Operation.Verb.GET);
    return call("alice", method, Parameters.ofQuery(parameters));
  }

  private String call(String user, String method, Parameters parameters) {
    try {
      return operation(method)
          .call(new Invocation(Caller.user(user), null), parameters)
          .toCompletableFuture()
          .join()
          .replace('"', '\'');
    } catch (CompletionException e) {
      return WireError.of(e).error().reason();
    }
  }

  private Operation operation(String method) {
    Operation operation = operations.find(method);
    assertThat(operation).as(method).isNotNull();
    return operation;
  }

  private static String target(String more) {
    return "'conversation_id':'alice:bob','message_id':'m1'" + more;
  }

  @Test
  void what_is_done_to_a_message_is_posted_under_a_key_and_can_be_repeated() {
    String edit = target(",'command_id':'c1','content':{'text':'hi'}");
    assertThat(post("message.edit", edit)).contains("'message_id':'c1'", "'status':'accepted'");
    assertThat(post("message.edit", edit)).contains("'message_id':'c1'", "'status':'duplicate'");
    assertThat(post("message.react", target(",'emoji':'👍','op':'add'"))).contains("'seq':3");
    assertThat(post("message.pin", target(",'op':'add'"))).contains("'seq':4");
    assertThat(get("message.pinned", "conversation_id", "alice:bob"))
        .contains("'text':'hi'", "'reactions':{'👍':['alice']}", "'pinned':true");
    assertThat(get("message.edits", "conversation_id", "alice:bob", "message_id", "m1"))
        .contains("{'edits':[{'content':{'text':'hello'},'since':");
    assertThat(post("message.revoke", target(""))).contains("'seq':5");
    assertThat(get("message.pinned", "conversation_id", "alice:bob")).isEqualTo("{'messages':[]}");
    assertThat(post("message.pin", target(",'op':'add'"))).isEqualTo("message_not_found");
  }

  @Test
  void messages_are_found_passed_on_and_deleted() {
    assertThat(get("message.search", "query", "HELLO", "limit", "1"))
        .contains("'message_id':'m1'", "'next_page_token':");
    assertThat(get("message.search", "query", "hello", "from", "bob")).isEqualTo("{'messages':[]}");
    assertThat(get("message.search", "query", "hello", "before", "0")).isEqualTo("{'messages':[]}");
    assertThat(
            post(
                "message.forward",
                "'conversation_id':'alice:bob','message_ids':['m1'],'type':1,'to':'carol'"))
        .contains("'conversation_id':'alice:carol','seq':1");
    assertThat(post("message.delete", "'conversation_id':'alice:bob','message_ids':['m1']"))
        .isEqualTo("{}");
    assertThat(get("message.search", "query", "hello", "conversation_id", "alice:bob"))
        .isEqualTo("{'messages':[]}");
  }

  @Test
  void messages_are_scheduled_listed_and_taken_back() {
    long at = engine.clock().millis() + 3_600_000;
    String message = "'type':1,'message_id':'m2','to':'bob','content':{'text':'x'},'send_at':";
    String kept = post("message.schedule", message + at);
    assertThat(kept).contains("'schedule_id':", "'send_at':" + at);
    String waiting = get("message.scheduled");
    assertThat(waiting)
        .contains(
            "'message':{'type':1,'message_id':'m2','from':'alice','to':'bob',"
                + "'conversation_id':'alice:bob','content_type':1,'content':{'text':'x'}}");
    String id = kept.replaceFirst(".*'schedule_id':'([^']+)'.*", "$1");
    assertThat(post("message.unschedule", "'schedule_id':'" + id + "'")).isEqualTo("{}");
    assertThat(get("message.scheduled")).isEqualTo("{'scheduled':[]}");
    assertThat(post("message.schedule", message + "1")).isEqualTo("invalid_argument");
  }

  @Test
  void users_are_blocked_listed_and_unblocked() {
    assertThat(post("contact.block", "'user_id':'bob'")).isEqualTo("{}");
    assertThat(get("contact.blocked", "limit", "1"))
        .isEqualTo("{'user_ids':['bob'],'next_page_token':'bob'}");
    assertThat(get("contact.blocked", "page_token", "bob")).isEqualTo("{'user_ids':[]}");
    assertThat(
            call(
                "bob",
                "message.send",
                decoder.parameters("{\"type\":1,\"to\":\"alice\",\"content\":{\"text\":\"x\"}}")))
        .isEqualTo("blocked");
    assertThat(post("contact.unblock", "'user_id':'bob'")).isEqualTo("{}");
    assertThat(get("contact.blocked")).isEqualTo("{'user_ids':[]}");
  }
}
