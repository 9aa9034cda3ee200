package io.embedim.testkit.contract;

import static io.embedim.testkit.contract.Drafts.mentioning;
import static io.embedim.testkit.contract.Drafts.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.Membership;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.AppendResult;
import io.embedim.spi.store.SettingsChange;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Entries that are hidden from a member from the beginning. */
interface HiddenEntryRules extends StoreFixture {

  @Test
  default void a_hidden_entry_is_committed_as_if_the_member_had_deleted_it() {
    LogEntry first = appended(text(ALICE_BOB, "alice", "m1")).get(0);

    LogEntry hidden =
        StoreFixture.entryOf(send(mentioning(ALICE_BOB, "alice", "m2", "bob"), "bob"));

    assertThat(hidden.seq()).isEqualTo(2);
    assertThat(log(ALICE_BOB)).containsExactly(first, hidden);
    assertThat(view("bob", ALICE_BOB).unreadCount()).isEqualTo(1);
    assertThat(view("bob", ALICE_BOB).mentionSeq()).isZero();
    assertThat(view("bob", ALICE_BOB).lastMessage()).isEqualTo(first);
    assertThat(view("bob", ALICE_BOB).member().lastDeletedSeq()).isEqualTo(2);
    assertThat(conversations().deleted("bob", ALICE_BOB, 1, 9)).containsExactly(2L);
    assertThat(view("alice", ALICE_BOB).lastMessage()).isEqualTo(hidden);
    assertThat(view("alice", ALICE_BOB).member().lastDeletedSeq()).isZero();
  }

  @Test
  default void the_first_entry_can_be_hidden_and_each_of_a_batch() {
    List<AppendResult> results =
        messages()
            .append(
                List.of(
                    new Append(text(ALICE_BOB, "alice", "m1"), 1, "bob"),
                    new Append(text(ALICE_BOB, "bob", "m2"), 1, "alice"),
                    new Append(text(ALICE_BOB, "alice", "m3"), 1),
                    new Append(text(ALICE_CAROL, "alice", "m1"), 1, "carol")),
                NOW);

    assertThat(results).hasSize(4).allSatisfy(StoreFixture::isAppended);
    assertThat(conversations().deleted("bob", ALICE_BOB, 1, 9)).containsExactly(1L);
    assertThat(conversations().deleted("alice", ALICE_BOB, 1, 9)).containsExactly(2L);
    assertThat(conversations().deleted("carol", ALICE_CAROL, 1, 9)).containsExactly(1L);
    assertThat(view("carol", ALICE_CAROL).unreadCount()).isZero();
    assertThat(view("carol", ALICE_CAROL).lastMessage()).isNull();
  }

  @Test
  default void a_hidden_entry_does_not_bring_a_hidden_conversation_back() {
    appended(text(ALICE_BOB, "alice", "m1"));
    SettingsChange hide = new SettingsChange(null, null, null, true);
    conversations().update("bob", ALICE_BOB, hide);
    conversations().update("alice", ALICE_BOB, hide);
    appended(Drafts.revoke(ALICE_BOB, "alice", "r1", "m1"));
    messages()
        .append(
            List.of(
                new Append(text(ALICE_BOB, "alice", "m2"), Membership.DIRECT_VERSION, "bob"),
                new Append(text(ALICE_BOB, "alice", "m3"), Membership.DIRECT_VERSION, "bob")),
            NOW);
    assertThat(view("bob", ALICE_BOB).settings().hidden()).isTrue();
    assertThat(view("alice", ALICE_BOB).settings().hidden()).isFalse();

    appended(text(ALICE_BOB, "alice", "m4"));
    assertThat(view("bob", ALICE_BOB).settings().hidden()).isFalse();
    StoreFixture.isAppended(send(text(ALICE_BOB, "alice", "m5"), "bob"));
    assertThat(view("bob", ALICE_BOB).settings().hidden()).isFalse();
  }

  @Test
  default void what_is_not_committed_hides_nothing() {
    appended(text(ALICE_BOB, "alice", "m1"));
    assertThat(send(text(ALICE_BOB, "alice", "m1"), "bob"))
        .isInstanceOf(AppendResult.Duplicate.class);
    assertThat(send(Drafts.revoke(ALICE_BOB, "alice", "r1", "nothing"), "bob"))
        .isInstanceOf(AppendResult.RevisionRefused.class);
    messages().append(List.of(new Append(text(ALICE_BOB, "alice", "m2"), 7, "bob")), NOW);

    appended(text(ALICE_BOB, "alice", "m3"));

    assertThat(conversations().deleted("bob", ALICE_BOB, 1, 9)).isEmpty();
    assertThat(view("bob", ALICE_BOB).unreadCount()).isEqualTo(2);
  }

  private AppendResult send(EntryDraft draft, @Nullable String hiddenFrom) {
    return messages()
        .append(List.of(new Append(draft, Membership.DIRECT_VERSION, hiddenFrom)), NOW)
        .get(0);
  }
}
