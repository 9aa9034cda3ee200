package io.embedim.transport.ws.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Catching up: protocol §4 and the methods {@code sync} and {@code message.history}. */
class SyncConformanceTest extends ConformanceTest {

  private Deployment server;
  private Client alice;

  @BeforeEach
  void start() throws IOException {
    server = server(settings -> settings.messagesBurst(1_000).stalledAfter(Duration.ofHours(1)));
    alice = login(server, "alice");
  }

  private void write(String to, int count) throws IOException {
    for (int i = 1; i <= count; i++) {
      alice.say(to, to + "-" + i, "text " + i);
    }
  }

  private static List<Integer> seqs(JsonNode messages) {
    List<Integer> seqs = new ArrayList<>();
    messages.forEach(message -> seqs.add(message.get("seq").asInt()));
    return seqs;
  }

  private JsonNode history(String params) throws IOException {
    return alice.result("message.history", "{'conversation_id':'alice:bob'" + params + "}");
  }

  @Test
  void sync_gives_what_is_behind_the_cursors_and_nothing_else() throws IOException {
    write("bob", 3);
    write("carol", 1);
    write("dave", 1);
    Client bob = login(server, "bob");
    JsonNode page = alice.result("sync", "{'cursors':{'alice:bob':1,'alice:carol':1}}");
    assertThat(page.get("conversations")).hasSize(2);
    assertThat(page.at("/conversations/0/conversation/conversation_id").asText())
        .isEqualTo("alice:bob");
    assertThat(seqs(page.at("/conversations/0/messages"))).containsExactly(2, 3);
    assertThat(page.at("/conversations/0/has_more").asBoolean()).isFalse();
    assertThat(page.get("has_more").asBoolean()).isFalse();
    assertThat(page.get("server_time").asLong()).isEqualTo(server.clock.millis());
    assertThat(bob.result("sync", "{}").at("/conversations")).hasSize(1);
  }

  @Test
  void what_sync_gives_is_what_was_delivered_live() throws IOException {
    Client bob = login(server, "bob");
    write("bob", 2);
    JsonNode first = bob.next();
    JsonNode second = bob.next();
    JsonNode messages = bob.result("sync", "{'cursors':{}}").at("/conversations/0/messages");
    assertThat(messages.get(0)).isEqualTo(first);
    assertThat(messages.get(1)).isEqualTo(second);
  }

  @Test
  void a_conversation_without_a_cursor_gives_its_newest_entries() throws IOException {
    write("bob", 5);
    JsonNode page = alice.result("sync", "{'limit':2}");
    assertThat(seqs(page.at("/conversations/0/messages"))).containsExactly(4, 5);
    assertThat(page.get("has_more").asBoolean()).isFalse();
  }

  @Test
  void the_same_call_with_the_cursors_moved_on_ends_with_a_complete_log() throws IOException {
    write("bob", 7);
    write("carol", 3);
    Map<String, Integer> cursors = new TreeMap<>(Map.of("alice:bob", 0, "alice:carol", 0));
    List<Integer> bobs = new ArrayList<>();
    List<Integer> carols = new ArrayList<>();
    boolean more = true;
    while (more) {
      JsonNode page =
          alice.result(
              "sync",
              "{'limit':2,'cursors':"
                  + Schemas.JSON.valueToTree(cursors).toString().replace('"', '\'')
                  + "}");
      for (JsonNode missed : page.get("conversations")) {
        String id = missed.at("/conversation/conversation_id").asText();
        List<Integer> seqs = seqs(missed.get("messages"));
        (id.equals("alice:bob") ? bobs : carols).addAll(seqs);
        cursors.put(id, seqs.get(seqs.size() - 1));
      }
      more = page.get("has_more").asBoolean();
    }
    assertThat(bobs).containsExactly(1, 2, 3, 4, 5, 6, 7);
    assertThat(carols).containsExactly(1, 2, 3);
  }

  @Test
  void only_what_changed_after_a_time_can_be_asked_for() throws IOException {
    write("bob", 1);
    server.pass(Duration.ofSeconds(80));
    alice.expectQuiet();
    long time = alice.result("sync", "{}").get("server_time").asLong();
    server.pass(Duration.ofSeconds(80));
    write("carol", 1);
    JsonNode page = alice.result("sync", "{'updated_after':" + time + "}");
    assertThat(page.get("conversations")).hasSize(1);
    assertThat(page.at("/conversations/0/conversation/peer_id").asText()).isEqualTo("carol");
  }

  @Test
  void a_page_of_sync_holds_about_256_KiB_and_says_that_there_is_more() throws IOException {
    String large = "x".repeat(16_000);
    for (int i = 0; i < 20; i++) {
      alice.say("bob", "m" + i, large);
    }
    JsonNode page = alice.result("sync", "{'cursors':{'alice:bob':0}}");
    int given = page.at("/conversations/0/messages").size();
    assertThat(given).isBetween(15, 17);
    assertThat(page.at("/conversations/0/has_more").asBoolean()).isTrue();
    assertThat(page.get("has_more").asBoolean()).isTrue();
    JsonNode rest = alice.result("sync", "{'cursors':{'alice:bob':" + given + "}}");
    assertThat(rest.at("/conversations/0/messages")).hasSize(20 - given);
    assertThat(rest.get("has_more").asBoolean()).isFalse();
  }

  @Test
  void a_gap_is_filled_from_history() throws IOException {
    write("bob", 4);
    Client bob = login(server, "bob");
    alice.say("bob", "m5", "live");
    int seq = bob.next().get("seq").asInt();
    while (seq < 5) {
      // It was acknowledged before he came, and was still on its way to whoever is there.
      seq = bob.next().get("seq").asInt();
    }
    assertThat(seq).isEqualTo(5);
    JsonNode missing =
        bob.result("message.history", "{'conversation_id':'alice:bob','after_seq':2,'limit':2}");
    assertThat(seqs(missing.get("messages"))).containsExactly(3, 4);
    assertThat(missing.get("has_more").asBoolean()).isTrue();
  }

  @Test
  void history_goes_both_ways_in_ascending_order() throws IOException {
    write("bob", 5);
    JsonNode newest = history(",'limit':2");
    assertThat(seqs(newest.get("messages"))).containsExactly(4, 5);
    assertThat(newest.get("has_more").asBoolean()).isTrue();
    JsonNode before = history(",'before_seq':4,'limit':2");
    assertThat(seqs(before.get("messages"))).containsExactly(2, 3);
    assertThat(before.get("has_more").asBoolean()).isTrue();
    JsonNode first = history(",'before_seq':2");
    assertThat(seqs(first.get("messages"))).containsExactly(1);
    assertThat(first.get("has_more").asBoolean()).isFalse();
    JsonNode after = history(",'after_seq':3");
    assertThat(seqs(after.get("messages"))).containsExactly(4, 5);
    assertThat(after.get("has_more").asBoolean()).isFalse();
    assertThat(history(",'after_seq':5").get("messages")).isEmpty();
    assertThat(history(",'before_seq':1").get("messages")).isEmpty();
  }

  @Test
  void limits_and_cursors_out_of_range_are_invalid() throws IOException {
    write("bob", 1);
    for (String extra :
        new String[] {
          "'limit':0",
          "'limit':101",
          "'limit':1.5",
          "'limit':'1'",
          "'after_seq':-1",
          "'before_seq':0",
          "'after_seq':1,'before_seq':2",
          "'after_seq':99999999999999999999"
        }) {
      assertInvalid("message.history", "{'conversation_id':'alice:bob'," + extra + "}");
    }
    for (String params :
        new String[] {
          "{'limit':201}",
          "{'limit':0}",
          "{'cursors':[]}",
          "{'cursors':{'nonsense':1}}",
          "{'cursors':{'bob:alice':1}}",
          "{'cursors':{'alice:bob':-1}}",
          "{'cursors':{'alice:bob':'1'}}",
          "{'updated_after':-1}"
        }) {
      assertInvalid("sync", params);
    }
  }

  @Test
  void cursors_of_other_peoples_conversations_give_nothing() throws IOException {
    login(server, "bob").say("carol", "m1", "secret");
    assertThat(alice.result("sync", "{'cursors':{'bob:carol':0}}").get("conversations")).isEmpty();
  }

  private void assertInvalid(String method, String params) throws IOException {
    String text = "{'type':40,'message_id':'r','content':{'method':'%s','params':%s}}";
    JsonNode answer = alice.askWrong(text.formatted(method, params));
    assertThat(answer.get("type").asInt()).as(params).isEqualTo(41);
    assertThat(answer.at("/content/error/reason").asText())
        .as(params)
        .isEqualTo("invalid_argument");
  }
}
