package io.embedim.testkit.contract;

import static io.embedim.testkit.contract.Drafts.edit;
import static io.embedim.testkit.contract.Drafts.event;
import static io.embedim.testkit.contract.Drafts.pin;
import static io.embedim.testkit.contract.Drafts.react;
import static io.embedim.testkit.contract.Drafts.revoke;
import static io.embedim.testkit.contract.Drafts.text;
import static io.embedim.testkit.contract.StoreFixture.entryOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.Content;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.EntryState;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.Revision;
import io.embedim.spi.store.AppendResult;
import io.embedim.spi.store.AppendResult.RevisionRefused;
import io.embedim.spi.store.AppendResult.RevisionRefused.Reason;
import io.embedim.spi.store.SeqRange;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Taking back and saying differently. */
interface RevokeAndEditRules extends StoreFixture {

  EntryState REVOKED = new EntryState(true, null, Map.of(), false);

  @Test
  default void a_revoke_is_an_entry_of_its_own() {
    EntryDraft revoke = revoke(ALICE_BOB, "alice", "r1", "m1");
    appended(text(ALICE_BOB, "alice", "m1"));

    LogEntry entry = entryOf(append(NOW + 1, revoke).get(0));

    assertThat(entry).isEqualTo(new LogEntry(2, NOW + 1, revoke, EntryState.UNREVISED, 1));
    assertThat(log(ALICE_BOB)).hasSize(2).contains(entry);
    assertThat(found(ALICE_BOB, "r1")).isEqualTo(entry);
  }

  @Test
  default void a_revoked_message_keeps_its_place_and_loses_its_content_everywhere() {
    EntryDraft draft = text(ALICE_BOB, "alice", "m1", "a secret");
    appended(draft);
    append(NOW + 1, revoke(ALICE_BOB, "alice", "r1", "m1"));

    LogEntry expected = new LogEntry(1, NOW, withContent(draft, Content.REVOKED), REVOKED);
    assertThat(found(ALICE_BOB, "m1")).isEqualTo(expected);
    assertThat(log(ALICE_BOB).get(0)).isEqualTo(expected);
    assertThat(messages().read(ALICE_BOB, SeqRange.before(2, 0, 1))).containsExactly(expected);
    assertThat(view("bob", ALICE_BOB).lastMessage()).isEqualTo(expected);
  }

  @Test
  default void a_revoke_takes_reactions_pin_and_time_of_edit_along() {
    appended(
        text(ALICE_BOB, "alice", "m1"),
        react(ALICE_BOB, "bob", "x1", new Revision.React("m1", "👍", true, 3)),
        pin(ALICE_BOB, "bob", "p1", new Revision.Pin("m1", true, 3)),
        edit(ALICE_BOB, "alice", "e1", "m1", "better"),
        revoke(ALICE_BOB, "alice", "r1", "m1"));

    assertThat(found(ALICE_BOB, "m1").state()).isEqualTo(REVOKED);
  }

  @Test
  default void what_a_revoked_message_said_leaves_the_entries_that_edited_it_too() {
    EntryDraft first = edit(ALICE_BOB, "alice", "e1", "m1", "a secret");
    EntryDraft second = edit(ALICE_BOB, "alice", "e2", "m1", "another secret");
    EntryDraft other = edit(ALICE_BOB, "alice", "e3", "m2", "no secret");
    appended(text(ALICE_BOB, "alice", "m1"), first, text(ALICE_BOB, "alice", "m2"));
    appended(other, second, revoke(ALICE_BOB, "alice", "r1", "m1"));

    assertThat(log(ALICE_BOB)).noneMatch(entry -> entry.toString().contains("a secret"));
    assertThat(found(ALICE_BOB, "e1").draft()).isEqualTo(withoutReplacement(first));
    assertThat(found(ALICE_BOB, "e2").draft()).isEqualTo(withoutReplacement(second));
    assertThat(found(ALICE_BOB, "e3").draft()).isEqualTo(other);
    assertThat(found(ALICE_BOB, "m2").draft().content()).isEqualTo(Content.text("no secret"));
  }

  @Test
  default void a_revoked_message_can_be_revoked_again_without_effect() {
    appended(text(ALICE_BOB, "alice", "m1"), revoke(ALICE_BOB, "alice", "r1", "m1"));
    LogEntry before = found(ALICE_BOB, "m1");

    LogEntry again = entryOf(append(revoke(ALICE_BOB, "bob", "r2", "m1")));

    assertThat(again.seq()).isEqualTo(3);
    assertThat(found(ALICE_BOB, "m1")).isEqualTo(before);
  }

  @Test
  default void a_revoked_message_cannot_be_edited_or_reacted_to_or_pinned() {
    appended(text(ALICE_BOB, "alice", "m1"), revoke(ALICE_BOB, "alice", "r1", "m1"));
    LogEntry before = found(ALICE_BOB, "m1");

    List<AppendResult> results =
        append(
            NOW,
            edit(ALICE_BOB, "alice", "e1", "m1", "again"),
            react(ALICE_BOB, "bob", "x1", new Revision.React("m1", "👍", true, 3)),
            react(ALICE_BOB, "bob", "x2", new Revision.React("m1", "👍", false, 3)),
            pin(ALICE_BOB, "bob", "p1", new Revision.Pin("m1", true, 3)),
            pin(ALICE_BOB, "bob", "p2", new Revision.Pin("m1", false, 3)));

    assertThat(results).hasSize(5).containsOnly(new RevisionRefused(Reason.TARGET_REVOKED));
    assertThat(found(ALICE_BOB, "m1")).isEqualTo(before);
    assertThat(log(ALICE_BOB)).hasSize(2);
  }

  @Test
  default void an_edit_replaces_the_content_and_leaves_its_time() {
    EntryDraft draft = text(ALICE_BOB, "alice", "m1", "helo");
    EntryDraft edit = edit(ALICE_BOB, "alice", "e1", "m1", "hello");
    appended(draft);

    LogEntry entry = entryOf(append(NOW + 7, edit).get(0));

    assertThat(entry).isEqualTo(new LogEntry(2, NOW + 7, edit, EntryState.UNREVISED, 1));
    assertThat(found(ALICE_BOB, "m1"))
        .isEqualTo(
            new LogEntry(
                1,
                NOW,
                withContent(draft, Content.text("hello")),
                new EntryState(false, NOW + 7, Map.of(), false)));
    assertThat(found(ALICE_BOB, "e1")).isEqualTo(entry);
    assertThat(view("bob", ALICE_BOB).lastMessage()).isEqualTo(found(ALICE_BOB, "m1"));
  }

  @Test
  default void the_last_edit_counts_and_is_stamped_with_its_entrys_time() {
    appended(text(ALICE_BOB, "alice", "m1", "one"));
    append(NOW + 7, edit(ALICE_BOB, "alice", "e1", "m1", "two"));
    append(NOW + 3, edit(ALICE_BOB, "alice", "e2", "m1", "three"));

    LogEntry third = found(ALICE_BOB, "m1");
    append(NOW + 9, edit(ALICE_BOB, "alice", "e3", "m1", "four"));
    LogEntry fourth = found(ALICE_BOB, "m1");

    assertThat(third.draft().content()).isEqualTo(Content.text("three"));
    assertThat(third.state().editedAt()).isEqualTo(NOW + 7);
    assertThat(fourth.draft().content()).isEqualTo(Content.text("four"));
    assertThat(fourth.state().editedAt()).isEqualTo(NOW + 9);
  }

  @Test
  default void an_edit_keeps_reactions_and_pin() {
    appended(
        text(ALICE_BOB, "alice", "m1"),
        react(ALICE_BOB, "bob", "x1", new Revision.React("m1", "👍", true, 3)),
        pin(ALICE_BOB, "bob", "p1", new Revision.Pin("m1", true, 3)),
        edit(ALICE_BOB, "alice", "e1", "m1", "better"));

    assertThat(found(ALICE_BOB, "m1").state())
        .isEqualTo(new EntryState(false, NOW, Map.of("👍", List.of("bob")), true));
  }

  @Test
  default void a_target_may_be_in_the_same_batch_and_its_own_result_shows_it_as_it_was_sent() {
    EntryDraft draft = text(ALICE_BOB, "alice", "m1", "a slip");

    List<LogEntry> entries =
        appended(
            draft,
            edit(ALICE_BOB, "alice", "e1", "m1", "a correction"),
            revoke(ALICE_BOB, "alice", "r1", "m1"));

    assertThat(entries.get(0)).isEqualTo(new LogEntry(1, NOW, draft, EntryState.UNREVISED));
    assertThat(found(ALICE_BOB, "m1").draft().content()).isEqualTo(Content.REVOKED);
    assertThat(found(ALICE_BOB, "m1").state()).isEqualTo(REVOKED);
    assertThat(log(ALICE_BOB)).noneMatch(entry -> entry.toString().contains("a correction"));
  }

  @Test
  default void a_target_later_in_the_batch_is_missing() {
    List<AppendResult> results =
        append(NOW, revoke(ALICE_BOB, "alice", "r1", "m1"), text(ALICE_BOB, "alice", "m1"));

    assertThat(results.get(0)).isEqualTo(new RevisionRefused(Reason.TARGET_MISSING));
    assertThat(entryOf(results.get(1)).seq()).isEqualTo(1);
    assertThat(found(ALICE_BOB, "m1").state()).isEqualTo(EntryState.UNREVISED);
  }

  @Test
  default void an_edit_behind_a_revoke_in_the_same_batch_comes_too_late() {
    List<AppendResult> results =
        append(
            NOW,
            text(ALICE_BOB, "alice", "m1"),
            revoke(ALICE_BOB, "alice", "r1", "m1"),
            edit(ALICE_BOB, "alice", "e1", "m1", "again"));

    assertThat(results.get(2)).isEqualTo(new RevisionRefused(Reason.TARGET_REVOKED));
    assertThat(found(ALICE_BOB, "m1").draft().content()).isEqualTo(Content.REVOKED);
  }

  @Test
  default void only_a_message_of_the_same_conversation_can_be_a_target() {
    appended(
        text(ALICE_BOB, "alice", "m1"),
        edit(ALICE_BOB, "alice", "e1", "m1", "better"),
        event(ALICE_BOB, "alice", "g1"),
        text(ALICE_CAROL, "alice", "elsewhere"));

    for (String target : new String[] {"e1", "g1", "elsewhere", "nothing", "M1"}) {
      List<AppendResult> results =
          append(
              NOW,
              revoke(ALICE_BOB, "alice", "r-" + target, target),
              edit(ALICE_BOB, "alice", "d-" + target, target, "x"),
              react(ALICE_BOB, "bob", "x-" + target, new Revision.React(target, "👍", true, 3)),
              pin(ALICE_BOB, "bob", "p-" + target, new Revision.Pin(target, true, 3)));
      assertThat(results)
          .as(target)
          .hasSize(4)
          .containsOnly(new RevisionRefused(Reason.TARGET_MISSING));
    }
    assertThat(log(ALICE_BOB)).hasSize(3);
    assertThat(found(ALICE_CAROL, "elsewhere").state()).isEqualTo(EntryState.UNREVISED);
  }

  private static EntryDraft withContent(EntryDraft draft, Content content) {
    return new EntryDraft(
        draft.conversationId(),
        draft.type(),
        draft.messageId(),
        draft.senderId(),
        content,
        draft.options(),
        draft.revision());
  }

  private static EntryDraft withoutReplacement(EntryDraft edit) {
    Revision.Edit revision = (Revision.Edit) Objects.requireNonNull(edit.revision());
    return new EntryDraft(
        edit.conversationId(),
        edit.type(),
        edit.messageId(),
        edit.senderId(),
        Content.REVOKED,
        edit.options(),
        new Revision.Edit(revision.targetMessageId(), Content.REVOKED, revision.keepsPast()));
  }
}
