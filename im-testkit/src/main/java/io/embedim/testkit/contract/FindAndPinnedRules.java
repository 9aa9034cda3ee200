package io.embedim.testkit.contract;

import static io.embedim.testkit.contract.Drafts.expiring;
import static io.embedim.testkit.contract.Drafts.pin;
import static io.embedim.testkit.contract.Drafts.react;
import static io.embedim.testkit.contract.Drafts.revoke;
import static io.embedim.testkit.contract.Drafts.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.Revision;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Entries that are asked for by their keys, and those that are pinned. */
interface FindAndPinnedRules extends StoreFixture {

  @Test
  default void entries_are_found_by_their_keys_in_the_order_of_the_log() {
    appended(
        text(ALICE_BOB, "alice", "m1"),
        text(ALICE_BOB, "alice", "m2"),
        react(ALICE_BOB, "bob", "x1", new Revision.React("m1", "👍", true, 3)),
        text(ALICE_CAROL, "alice", "elsewhere"));

    assertThat(messages().find(ALICE_BOB, List.of("x1", "M2", "m1", "nothing", "elsewhere", "m1")))
        .containsExactly(found(ALICE_BOB, "m1"), found(ALICE_BOB, "x1"));
    assertThat(found(ALICE_BOB, "m1").state().reactions()).isNotEmpty();
    assertThat(messages().find(ALICE_BOB, List.of())).isEmpty();
    assertThat(messages().find(ConversationId.direct("a", "b"), List.of("m1"))).isEmpty();
  }

  @Test
  default void many_entries_are_found_at_once() {
    appended(
        IntStream.range(0, 300)
            .mapToObj(i -> text(ALICE_BOB, "alice", "m" + i))
            .toArray(EntryDraft[]::new));

    assertThat(
            messages()
                .find(ALICE_BOB, IntStream.range(0, 300).mapToObj(i -> "m" + (299 - i)).toList()))
        .isEqualTo(log(ALICE_BOB));
  }

  @Test
  default void what_was_pinned_last_comes_first() {
    appended(
        text(ALICE_BOB, "alice", "m1"),
        text(ALICE_BOB, "alice", "m2"),
        text(ALICE_BOB, "alice", "m3"),
        text(ALICE_CAROL, "alice", "m1"));
    pins("m2", "m1", "m3");
    appended(pin(ALICE_CAROL, "carol", "elsewhere", new Revision.Pin("m1", true, 9)));

    assertThat(pinned(NOW)).containsExactly("m3", "m1", "m2");
    assertThat(messages().pinned(ALICE_BOB, NOW)).contains(found(ALICE_BOB, "m1"));
    pins("m2");
    assertThat(pinned(NOW)).as("what is pinned already").containsExactly("m3", "m1", "m2");
    unpins("m2", "m1");
    assertThat(pinned(NOW)).containsExactly("m3");
    pins("m2");
    assertThat(pinned(NOW)).containsExactly("m2", "m3");
    assertThat(messages().pinned(ConversationId.direct("a", "b"), NOW)).isEmpty();
  }

  @Test
  default void pins_that_come_and_go_in_one_batch_end_as_the_last_one_says() {
    appended(text(ALICE_BOB, "alice", "m1"), text(ALICE_BOB, "alice", "m2"));
    pins("m1", "m2");

    appended(
        text(ALICE_BOB, "alice", "m3"),
        pin(ALICE_BOB, "bob", "q1", new Revision.Pin("m1", false, 9)),
        pin(ALICE_BOB, "bob", "q2", new Revision.Pin("m1", true, 9)),
        pin(ALICE_BOB, "bob", "q3", new Revision.Pin("m2", false, 9)),
        pin(ALICE_BOB, "bob", "q4", new Revision.Pin("m3", true, 9)),
        pin(ALICE_BOB, "bob", "q5", new Revision.Pin("m3", false, 9)),
        pin(ALICE_BOB, "bob", "q6", new Revision.Pin("m3", true, 9)));

    assertThat(pinned(NOW)).containsExactly("m3", "m1");
  }

  @Test
  default void what_is_revoked_is_not_pinned_any_more() {
    appended(text(ALICE_BOB, "alice", "m1"), text(ALICE_BOB, "alice", "m2"));
    pins("m1", "m2");

    appended(revoke(ALICE_BOB, "alice", "r1", "m2"));

    assertThat(pinned(NOW)).containsExactly("m1");
  }

  @Test
  default void what_has_expired_is_not_among_the_pinned() {
    appended(text(ALICE_BOB, "alice", "m1"), expiring(ALICE_BOB, "alice", "m2", 10));
    pins("m1", "m2");

    assertThat(pinned(NOW + 9_999)).containsExactly("m2", "m1");
    assertThat(pinned(NOW + 10_000)).containsExactly("m1");
  }

  private void pins(String... targets) {
    for (String target : targets) {
      change(target, true);
    }
  }

  private void unpins(String... targets) {
    for (String target : targets) {
      change(target, false);
    }
  }

  private void change(String target, boolean on) {
    long next = log(ALICE_BOB).size();
    appended(pin(ALICE_BOB, "bob", "pin" + next, new Revision.Pin(target, on, 9)));
  }

  private List<String> pinned(long now) {
    return messages().pinned(ALICE_BOB, now).stream()
        .map((LogEntry entry) -> entry.draft().messageId())
        .toList();
  }
}
