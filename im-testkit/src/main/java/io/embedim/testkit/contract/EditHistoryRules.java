package io.embedim.testkit.contract;

import static io.embedim.testkit.contract.Drafts.correct;
import static io.embedim.testkit.contract.Drafts.edit;
import static io.embedim.testkit.contract.Drafts.revoke;
import static io.embedim.testkit.contract.Drafts.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.Content;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.PastContent;
import io.embedim.spi.model.Revision;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a message said before it was edited: kept, or gone from everywhere. */
interface EditHistoryRules extends StoreFixture {

  @Test
  default void what_a_message_said_before_each_edit_can_be_read_oldest_first() {
    appended(text(ALICE_BOB, "alice", "m1", "one"), text(ALICE_BOB, "alice", "m2", "other"));
    append(NOW + 1, edit(ALICE_BOB, "alice", "e1", "m1", "two"));
    append(NOW + 2, edit(ALICE_BOB, "bob", "e2", "m2", "another"));
    append(NOW + 3, edit(ALICE_BOB, "alice", "e3", "m1", "three"));

    assertThat(past("m1")).containsExactly(said("one", NOW), said("two", NOW + 1));
    assertThat(past("m2")).containsExactly(said("other", NOW));
    assertThat(found(ALICE_BOB, "m1").draft().content()).isEqualTo(Content.text("three"));
  }

  @Test
  default void what_was_not_edited_has_no_past() {
    appended(text(ALICE_BOB, "alice", "m1"));

    assertThat(past("m1")).isEmpty();
    assertThat(messages().pastContents(ALICE_BOB, 0)).isEmpty();
    assertThat(messages().pastContents(ALICE_BOB, 99)).isEmpty();
    assertThat(messages().pastContents(ConversationId.direct("a", "b"), 1)).isEmpty();
  }

  @Test
  default void edits_of_one_batch_keep_what_was_said_between_them() {
    appended(text(ALICE_BOB, "alice", "m1", "one"), text(ALICE_BOB, "alice", "m0", "ein"));

    append(
        NOW + 5,
        edit(ALICE_BOB, "alice", "e0", "m0", "zwei"),
        edit(ALICE_BOB, "alice", "e1", "m1", "two"),
        edit(ALICE_BOB, "alice", "e2", "m1", "three"),
        text(ALICE_BOB, "alice", "m2", "uno"),
        edit(ALICE_BOB, "alice", "e3", "m2", "due"),
        edit(ALICE_BOB, "alice", "e4", "m2", "tre"));

    assertThat(past("m0")).containsExactly(said("ein", NOW));
    assertThat(past("m1")).containsExactly(said("one", NOW), said("two", NOW + 5));
    assertThat(past("m2")).containsExactly(said("uno", NOW + 5), said("due", NOW + 5));
  }

  @Test
  default void an_edit_that_keeps_nothing_leaves_nothing_of_what_was_said() {
    EntryDraft last = correct(ALICE_BOB, "alice", "e3", "m1", "harmless");
    appended(text(ALICE_BOB, "alice", "m1", "a secret"), text(ALICE_BOB, "bob", "m2", "hello"));
    appended(edit(ALICE_BOB, "alice", "e1", "m1", "still a secret"));
    appended(correct(ALICE_BOB, "alice", "e2", "m1", "the last secret"));
    EntryDraft others = edit(ALICE_BOB, "bob", "o1", "m2", "hello again");
    appended(others);

    appended(last);

    assertThat(log(ALICE_BOB)).noneMatch(entry -> entry.toString().contains("secret"));
    assertThat(past("m1")).isEmpty();
    for (String edit : List.of("e1", "e2", "e3")) {
      EntryDraft draft = found(ALICE_BOB, edit).draft();
      Revision.Edit revision = (Revision.Edit) Objects.requireNonNull(draft.revision());
      assertThat(draft.content()).as(edit).isEqualTo(last.content());
      assertThat(revision.replacement()).as(edit).isEqualTo(Content.text("harmless"));
      assertThat(revision.targetMessageId()).isEqualTo("m1");
    }
    assertThat(found(ALICE_BOB, "o1").draft()).isEqualTo(others);
    assertThat(past("m2")).containsExactly(said("hello", NOW));
  }

  @Test
  default void an_edit_that_keeps_the_past_keeps_what_was_said_since_the_last_that_did_not() {
    appended(text(ALICE_BOB, "alice", "m1", "a secret"));
    append(NOW + 1, correct(ALICE_BOB, "alice", "e1", "m1", "one"));
    append(NOW + 2, edit(ALICE_BOB, "alice", "e2", "m1", "two"));
    append(NOW + 3, edit(ALICE_BOB, "alice", "e3", "m1", "three"));

    assertThat(past("m1")).containsExactly(said("one", NOW + 1), said("two", NOW + 2));
    assertThat(log(ALICE_BOB)).noneMatch(entry -> entry.toString().contains("secret"));
  }

  @Test
  default void edits_of_both_kinds_in_one_batch_leave_what_each_says() {
    appended(text(ALICE_BOB, "alice", "m1", "a secret"));
    appended(edit(ALICE_BOB, "alice", "e1", "m1", "second secret"));
    EntryDraft kept = edit(ALICE_BOB, "alice", "e4", "m1", "four");

    append(
        NOW + 5,
        edit(ALICE_BOB, "alice", "e2", "m1", "third secret"),
        correct(ALICE_BOB, "alice", "e3", "m1", "three"),
        kept,
        text(ALICE_BOB, "bob", "m2", "own secret"),
        edit(ALICE_BOB, "bob", "f1", "m2", "own second secret"),
        correct(ALICE_BOB, "bob", "f2", "m2", "own three"));

    assertThat(log(ALICE_BOB)).noneMatch(entry -> entry.toString().contains("secret"));
    assertThat(past("m1")).containsExactly(said("three", NOW + 5));
    assertThat(past("m2")).isEmpty();
    assertThat(found(ALICE_BOB, "e4").draft()).isEqualTo(kept);
    assertThat(found(ALICE_BOB, "e1").draft().content())
        .isEqualTo(found(ALICE_BOB, "e3").draft().content());
  }

  @Test
  default void a_revoke_drops_the_past() {
    appended(text(ALICE_BOB, "alice", "m1", "one"), text(ALICE_BOB, "alice", "m2", "uno"));
    appended(edit(ALICE_BOB, "alice", "e1", "m1", "two"));
    appended(edit(ALICE_BOB, "alice", "e2", "m2", "due"));

    appended(edit(ALICE_BOB, "alice", "e3", "m1", "three"), revoke(ALICE_BOB, "alice", "r", "m1"));

    assertThat(past("m1")).isEmpty();
    assertThat(past("m2")).containsExactly(said("uno", NOW));
  }

  private List<PastContent> past(String messageId) {
    return messages().pastContents(ALICE_BOB, found(ALICE_BOB, messageId).seq());
  }

  private static PastContent said(String text, long since) {
    return new PastContent(Content.text(text), since);
  }
}
