package io.embedim.testkit.contract;

import static io.embedim.testkit.contract.Drafts.pin;
import static io.embedim.testkit.contract.Drafts.react;
import static io.embedim.testkit.contract.Drafts.revoke;
import static io.embedim.testkit.contract.Drafts.text;
import static io.embedim.testkit.contract.StoreFixture.isAppended;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.EntryState;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.Revision;
import io.embedim.spi.store.AppendResult;
import io.embedim.spi.store.AppendResult.RevisionRefused;
import io.embedim.spi.store.AppendResult.RevisionRefused.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reactions to a message and pins on it, and their limits. */
interface ReactionAndPinRules extends StoreFixture {

  RevisionRefused LIMIT_REACHED = new RevisionRefused(Reason.LIMIT_REACHED);

  @Test
  default void reactions_are_kept_by_emoji_and_user_in_the_order_of_the_first() {
    appended(text(ALICE_BOB, "alice", "m1"));

    reacts("bob", "x1", "😀", true);
    reacts("bob", "x2", "👍", true);
    reacts("alice", "x3", "👍", true);
    reacts("alice", "x4", "😀", true);

    assertReactions("{😀=[bob, alice], 👍=[bob, alice]}");
    assertThat(found(ALICE_BOB, "x4"))
        .extracting(LogEntry::seq, LogEntry::state)
        .containsExactly(5L, EntryState.UNREVISED);
  }

  @Test
  default void adding_a_reaction_twice_is_logged_and_changes_nothing() {
    appended(text(ALICE_BOB, "alice", "m1"));

    reacts("bob", "x1", "👍", true);
    reacts("alice", "x2", "👍", true);
    reacts("bob", "x3", "👍", true);

    assertReactions("{👍=[bob, alice]}");
    assertThat(log(ALICE_BOB)).hasSize(4);
  }

  @Test
  default void a_removed_reaction_is_gone_and_so_is_the_last_ones_emoji() {
    appended(text(ALICE_BOB, "alice", "m1"));
    reacts("bob", "x1", "👍", true);
    reacts("alice", "x2", "👍", true);
    reacts("bob", "x3", "🎉", true);

    reacts("bob", "x4", "👍", false);
    assertReactions("{👍=[alice], 🎉=[bob]}");
    reacts("alice", "x5", "👍", false);
    assertReactions("{🎉=[bob]}");
    reacts("alice", "x6", "👍", true);
    assertReactions("{🎉=[bob], 👍=[alice]}");
    reacts("bob", "x7", "🎉", false);
    reacts("alice", "x8", "👍", false);
    assertThat(found(ALICE_BOB, "m1").state()).isEqualTo(EntryState.UNREVISED);
  }

  @Test
  default void removing_a_reaction_that_is_not_there_is_logged_and_changes_nothing() {
    appended(text(ALICE_BOB, "alice", "m1"));
    reacts("bob", "x1", "👍", true);

    reacts("alice", "x2", "👍", false);
    reacts("bob", "x3", "🎉", false);

    assertReactions("{👍=[bob]}");
    assertThat(log(ALICE_BOB)).hasSize(4);
  }

  @Test
  default void emoji_that_look_alike_are_told_apart() {
    appended(text(ALICE_BOB, "alice", "m1"));

    reacts("bob", "x1", "👍", true);
    reacts("bob", "x2", "👍🏽", true);
    reacts("bob", "x3", "❤", true);
    reacts("bob", "x4", "❤️", true);
    reacts("bob", "x5", "👨‍👩‍👧‍👦", true);
    reacts("bob", "x6", "a", true);
    reacts("bob", "x7", "A", true);

    assertThat(found(ALICE_BOB, "m1").state().reactions()).hasSize(7);
  }

  @Test
  default void names_of_reactions_that_differ_by_spaces_at_their_end_are_told_apart() {
    appended(text(ALICE_BOB, "alice", "m1"));

    for (String emoji : List.of("a", "a ", "a  ", " a", " ", "  ", "a\t")) {
      reacts("bob", "x" + emoji.hashCode(), emoji, true);
    }

    assertReactions("{a=[bob], a =[bob], a  =[bob],  a=[bob],  =[bob],   =[bob], a\t=[bob]}");
    reacts("bob", "y1", "a ", false);
    reacts("bob", "y2", " ", false);
    assertReactions("{a=[bob], a  =[bob],  a=[bob],   =[bob], a\t=[bob]}");
  }

  @Test
  default void users_whose_ids_are_almost_the_same_react_each_for_herself() {
    appended(text(ALICE_BOB, "alice", "m1"));

    reacts("bob", "x1", "😀", true);
    reacts("Bob", "x2", "😀", true);
    reacts("bob.", "x3", "😀", true);
    reacts("bob", "x4", "😀", false);

    assertReactions("{😀=[Bob, bob.]}");
  }

  @Test
  default void a_message_takes_only_so_many_kinds_of_reactions() {
    appended(text(ALICE_BOB, "alice", "m1"), text(ALICE_BOB, "alice", "m2"));
    appended(
        react(ALICE_BOB, "bob", "x1", new Revision.React("m1", "👍", true, 2)),
        react(ALICE_BOB, "bob", "x2", new Revision.React("m1", "🎉", true, 2)));

    List<AppendResult> results =
        append(
            NOW,
            react(ALICE_BOB, "bob", "x3", new Revision.React("m1", "😀", true, 2)),
            react(ALICE_BOB, "alice", "x4", new Revision.React("m1", "👍", true, 2)),
            react(ALICE_BOB, "bob", "x5", new Revision.React("m2", "😀", true, 2)),
            react(ALICE_BOB, "alice", "x6", new Revision.React("m1", "👍", true, 1)),
            react(ALICE_BOB, "bob", "x7", new Revision.React("m1", "🎉", false, 1)),
            react(ALICE_BOB, "bob", "x8", new Revision.React("m1", "😀", true, 2)));

    assertThat(results.get(0)).isEqualTo(LIMIT_REACHED);
    assertThat(results.subList(1, 6)).allSatisfy(StoreFixture::isAppended);
    assertReactions("{👍=[bob, alice], 😀=[bob]}");
    assertThat(messages().find(ALICE_BOB, "x3")).isEmpty();
  }

  @Test
  default void a_message_is_pinned_and_unpinned() {
    appended(text(ALICE_BOB, "alice", "m1"), text(ALICE_BOB, "alice", "m2"));

    appended(pin(ALICE_BOB, "bob", "p1", new Revision.Pin("m1", true, 5)));
    assertThat(found(ALICE_BOB, "m1").state().pinned()).isTrue();
    assertThat(found(ALICE_BOB, "m2").state()).isEqualTo(EntryState.UNREVISED);
    appended(pin(ALICE_BOB, "alice", "p2", new Revision.Pin("m1", false, 5)));
    assertThat(found(ALICE_BOB, "m1").state()).isEqualTo(EntryState.UNREVISED);
    assertThat(log(ALICE_BOB)).hasSize(4);
  }

  @Test
  default void a_conversation_has_only_so_many_pins() {
    appended(
        text(ALICE_BOB, "alice", "m1"),
        text(ALICE_BOB, "alice", "m2"),
        text(ALICE_BOB, "alice", "m3"),
        text(ALICE_CAROL, "alice", "m1"));
    appended(
        pin(ALICE_BOB, "bob", "p1", new Revision.Pin("m1", true, 2)),
        pin(ALICE_BOB, "bob", "p2", new Revision.Pin("m2", true, 2)),
        pin(ALICE_CAROL, "carol", "p1", new Revision.Pin("m1", true, 2)));

    assertThat(append(pin(ALICE_BOB, "bob", "p3", new Revision.Pin("m3", true, 2))))
        .isEqualTo(LIMIT_REACHED);
    assertThat(found(ALICE_BOB, "m3").state().pinned()).isFalse();
    isAppended(append(pin(ALICE_BOB, "bob", "p4", new Revision.Pin("m3", true, 3))));
    isAppended(append(pin(ALICE_BOB, "bob", "p5", new Revision.Pin("m3", false, 1))));
    isAppended(append(pin(ALICE_BOB, "bob", "p6", new Revision.Pin("m2", false, 1))));
    isAppended(append(pin(ALICE_BOB, "bob", "p7", new Revision.Pin("m3", true, 2))));
  }

  @Test
  default void pinning_twice_or_unpinning_what_is_not_pinned_counts_once() {
    appended(
        text(ALICE_BOB, "alice", "m1"),
        text(ALICE_BOB, "alice", "m2"),
        pin(ALICE_BOB, "bob", "p1", new Revision.Pin("m1", true, 1)),
        pin(ALICE_BOB, "alice", "p2", new Revision.Pin("m1", true, 1)),
        pin(ALICE_BOB, "alice", "p3", new Revision.Pin("m2", false, 1)),
        pin(ALICE_BOB, "alice", "p4", new Revision.Pin("m2", false, 1)));

    assertThat(append(pin(ALICE_BOB, "bob", "p5", new Revision.Pin("m2", true, 1))))
        .isEqualTo(LIMIT_REACHED);
    appended(
        pin(ALICE_BOB, "alice", "p6", new Revision.Pin("m1", false, 1)),
        pin(ALICE_BOB, "alice", "p7", new Revision.Pin("m2", true, 1)));
  }

  @Test
  default void a_revoked_message_gives_its_pin_back() {
    appended(
        text(ALICE_BOB, "alice", "m1"),
        text(ALICE_BOB, "alice", "m2"),
        pin(ALICE_BOB, "bob", "p1", new Revision.Pin("m1", true, 1)),
        revoke(ALICE_BOB, "alice", "r1", "m1"),
        revoke(ALICE_BOB, "alice", "r2", "m1"),
        pin(ALICE_BOB, "bob", "p2", new Revision.Pin("m2", true, 1)));

    assertThat(found(ALICE_BOB, "m2").state().pinned()).isTrue();
  }

  private void reacts(String userId, String messageId, String emoji, boolean added) {
    isAppended(
        append(react(ALICE_BOB, userId, messageId, new Revision.React("m1", emoji, added, 100))));
  }

  /** {@code expected} as {@link java.util.Map#toString} writes it, so that the order counts too. */
  private void assertReactions(String expected) {
    assertThat(found(ALICE_BOB, "m1").state().reactions()).hasToString(expected);
    assertThat(log(ALICE_BOB).get(0).state()).isEqualTo(found(ALICE_BOB, "m1").state());
  }
}
