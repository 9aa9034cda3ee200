package io.embedim.testkit.engine;

import static io.embedim.testkit.engine.Calls.done;
import static io.embedim.testkit.engine.Calls.refused;
import static io.embedim.testkit.engine.Commands.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.core.Caller;
import io.embedim.core.ImError;
import io.embedim.core.Messages;
import io.embedim.core.ReviseCommand;
import io.embedim.core.ReviseCommand.Change;
import io.embedim.core.SearchQuery;
import io.embedim.spi.model.Content;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.store.SearchableMessageStore.Position;
import io.embedim.testkit.FakeDevice;
import io.embedim.testkit.ImTestEngine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Looking for messages; what is found by what, the contract of the stores says. */
class SearchTest {

  private static final ConversationId BOTH = ConversationId.direct("alice", "bob");

  private final ImTestEngine im = ImTestEngine.start();
  private final Messages messages = im.engine().messages();
  private final FakeDevice alice = im.connect("alice");
  private final FakeDevice bob = im.connect("bob");

  @AfterEach
  void close() {
    im.close();
  }

  @Test
  void a_user_finds_what_was_said_to_her_in_any_language() {
    alice.sends(text(BOTH, "m1", "Shall we meet at the teahouse?"));
    bob.sends(text(BOTH, "m2", "明天在茶馆见面"));
    assertThat(found("bob", "TEA")).containsExactly("m1");
    assertThat(found("bob", "茶馆")).containsExactly("m2");
    assertThat(found("carol", "茶馆")).isEmpty();
  }

  @Test
  void what_is_not_hers_to_see_is_not_found() {
    alice.sends(text(BOTH, "m1", "word one"));
    alice.sends(text(BOTH, "m2", "word two"));
    alice.sends(text(BOTH, "m3", "word three"));
    alice.sends(text(BOTH, "m4", "word four"));
    revise("m2", new Change.Revoke());
    revise("m3", new Change.Edit(Content.text("another")));
    messages.delete(Caller.user("bob"), BOTH, List.of("m4"));
    assertThat(found("bob", "word")).containsExactly("m1");
    assertThat(found("alice", "word")).containsExactly("m4", "m1");
    im.engine().conversations().clear(Caller.user("bob"), BOTH);
    assertThat(found("bob", "word")).isEmpty();
  }

  @Test
  void results_come_by_page() {
    for (int i = 0; i < 7; i++) {
      alice.sends(text(BOTH, "m" + i, "word " + i));
    }
    List<String> all = new ArrayList<>();
    Position after = null;
    do {
      List<LogEntry> page =
          messages.search(
              "bob", new SearchQuery("word", BOTH, "alice", 0, Long.MAX_VALUE, after, 3));
      page.forEach(entry -> all.add(entry.draft().messageId()));
      after = page.size() < 3 ? null : Position.of(page.get(2));
    } while (after != null);
    assertThat(all).containsExactly("m6", "m5", "m4", "m3", "m2", "m1", "m0");
  }

  @Test
  void a_query_that_asks_for_nothing_is_refused() {
    for (String query :
        List.of(
            "",
            "   ",
            "?!",
            "👍",
            "\u0000a",
            "\ud800",
            "x".repeat(257),
            "a b c d e f g h i j k l m n o p q")) {
      assertThat(refused(() -> messages.search("alice", SearchQuery.of(query, 10))))
          .as(query)
          .isEqualTo(ImError.INVALID_ARGUMENT);
    }
    for (int limit : new int[] {0, 101}) {
      assertThat(refused(() -> messages.search("alice", SearchQuery.of("hi", limit))))
          .isEqualTo(ImError.INVALID_ARGUMENT);
    }
    SearchQuery elsewhere = new SearchQuery("hi", BOTH, null, 0, Long.MAX_VALUE, null, 10);
    alice.sends(text(BOTH, "m1", "hi"));
    assertThat(refused(() -> messages.search("carol", elsewhere)))
        .isEqualTo(ImError.CONVERSATION_NOT_FOUND);
  }

  private void revise(String target, Change change) {
    done(im, messages.revise(Caller.user("alice"), ReviseCommand.of(BOTH, target, change)));
  }

  private List<String> found(String userId, String query) {
    return messages.search(userId, SearchQuery.of(query, 100)).stream()
        .map(entry -> entry.draft().messageId())
        .toList();
  }
}
