package io.embedim.testkit.contract;

import static io.embedim.testkit.contract.Drafts.revoke;
import static io.embedim.testkit.contract.Drafts.text;
import static io.embedim.testkit.contract.StoreFixture.decided;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.Content;
import io.embedim.spi.model.ContentType;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.EntryState;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.Ids;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.MessageOptions;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.AppendResult;
import io.embedim.spi.store.AppendResult.Duplicate;
import io.embedim.spi.store.AppendResult.KeyTaken;
import io.embedim.spi.store.AppendResult.MembershipChanged;
import io.embedim.spi.store.AppendResult.RevisionRefused;
import io.embedim.spi.store.AppendResult.RevisionRefused.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What can become of a single draft, and which answer wins when several are due. */
interface AppendRules extends StoreFixture {

  @Test
  default void the_first_entry_of_a_conversation_has_sequence_1() {
    EntryDraft draft = text(ALICE_BOB, "alice", "m1");

    LogEntry entry = appended(draft).get(0);

    assertThat(entry).isEqualTo(new LogEntry(1, NOW, draft, EntryState.UNREVISED));
    assertThat(log(ALICE_BOB)).containsExactly(entry);
    assertThat(messages().find(ALICE_BOB, "m1")).contains(entry);
  }

  @Test
  default void each_conversation_counts_for_itself() {
    appended(text(ALICE_BOB, "alice", "m1"), text(ALICE_BOB, "bob", "m2"));

    assertThat(appended(text(ALICE_CAROL, "carol", "m3")).get(0).seq()).isEqualTo(1);
    assertThat(appended(text(ALICE_BOB, "alice", "m4")).get(0).seq()).isEqualTo(3);
  }

  @Test
  default void a_repeated_message_gets_the_first_ones_sequence_and_time_and_is_not_written_again() {
    appended(text(ALICE_BOB, "alice", "m1"), text(ALICE_BOB, "alice", "m2"));

    List<AppendResult> again =
        append(NOW + 5_000, text(ALICE_BOB, "alice", "m1", "said differently this time"));

    assertThat(again).containsExactly(new Duplicate(1, NOW));
    assertThat(log(ALICE_BOB)).extracting(LogEntry::seq).containsExactly(1L, 2L);
    assertThat(found(ALICE_BOB, "m1").draft()).isEqualTo(text(ALICE_BOB, "alice", "m1"));
  }

  @Test
  default void a_message_id_that_another_sender_used_in_the_conversation_is_taken() {
    appended(text(ALICE_BOB, "alice", "m1"));

    assertThat(append(text(ALICE_BOB, "bob", "m1"))).isEqualTo(new KeyTaken());
    assertThat(log(ALICE_BOB)).hasSize(1);
  }

  @Test
  default void a_message_id_is_free_again_in_another_conversation() {
    appended(text(ALICE_BOB, "alice", "m1"), text(ALICE_CAROL, "alice", "m1"));

    assertThat(found(ALICE_BOB, "m1").conversationId()).isEqualTo(ALICE_BOB);
    assertThat(found(ALICE_CAROL, "m1").conversationId()).isEqualTo(ALICE_CAROL);
    assertThat(append(text(ALICE_CAROL, "carol", "m1"))).isEqualTo(new KeyTaken());
  }

  @Test
  default void message_ids_that_differ_only_in_case_are_different() {
    appended(
        text(ALICE_BOB, "alice", "Message-a"),
        text(ALICE_BOB, "alice", "message-A"),
        text(ALICE_BOB, "alice", "message-a"));

    assertThat(found(ALICE_BOB, "message-A").seq()).isEqualTo(2);
    assertThat(messages().find(ALICE_BOB, "MESSAGE-A")).isEmpty();
  }

  @Test
  default void message_ids_that_differ_only_at_their_end_are_different() {
    List<String> ids = List.of("m", "m.", "m..", "m_", "m-", "m:");
    for (String id : ids) {
      appended(text(ALICE_BOB, "alice", id));
    }

    for (int i = 0; i < ids.size(); i++) {
      assertThat(found(ALICE_BOB, ids.get(i)).seq()).isEqualTo(i + 1L);
    }
    assertThat(messages().find(ALICE_BOB, "m...")).isEmpty();
  }

  @Test
  default void users_whose_ids_differ_only_in_case_have_different_conversations() {
    ConversationId upper = ConversationId.direct("Alice", "bob");
    appended(text(ALICE_BOB, "alice", "m1"));

    assertThat(log(upper)).isEmpty();
    assertThat(appended(text(upper, "Alice", "m1")).get(0).seq()).isEqualTo(1);
    assertThat(log(ALICE_BOB)).hasSize(1);
    assertThat(append(text(ALICE_BOB, "Alice", "m1"))).isEqualTo(new KeyTaken());
  }

  @Test
  default void users_whose_ids_differ_only_at_their_end_have_different_conversations() {
    List<String> peers = List.of("bob", "bob.", "bob..", "bob-", "bob@", "bob_");
    for (String peer : peers) {
      appended(text(ConversationId.direct("alice", peer), peer, "m1"));
    }

    for (String peer : peers) {
      ConversationId id = ConversationId.direct("alice", peer);
      assertThat(log(id)).extracting(entry -> entry.draft().senderId()).containsExactly(peer);
      assertThat(conversations().cursors(id, List.of())).containsOnlyKeys("alice", peer);
    }
  }

  @Test
  default void a_one_to_one_conversation_has_version_1_also_before_its_first_entry() {
    Append stale = new Append(text(ALICE_BOB, "alice", "m1"), 2);

    assertThat(messages().append(List.of(stale), NOW)).containsExactly(new MembershipChanged(1));
    assertThat(log(ALICE_BOB)).isEmpty();
    appended(text(ALICE_BOB, "alice", "m0"));
    assertThat(messages().append(List.of(stale), NOW)).containsExactly(new MembershipChanged(1));
    assertThat(messages().append(List.of(new Append(stale.draft(), 0)), NOW))
        .containsExactly(new MembershipChanged(1));
    assertThat(log(ALICE_BOB)).hasSize(1);
  }

  @Test
  default void any_version_goes_with_a_one_to_one_conversation() {
    Append first = new Append(text(ALICE_BOB, "alice", "m1"), Append.ANY_VERSION);
    Append second = new Append(text(ALICE_BOB, "alice", "m2"), Append.ANY_VERSION);

    assertThat(messages().append(List.of(first, second), NOW))
        .allSatisfy(StoreFixture::isAppended)
        .hasSize(2);
  }

  @Test
  default void a_group_that_does_not_exist_has_version_0_and_is_not_created() {
    ConversationId group = ConversationId.group("nowhere");

    for (long version : new long[] {Append.ANY_VERSION, 0, 1, 7}) {
      Append append = new Append(text(group, "alice", "m1"), version);
      assertThat(messages().append(List.of(append), NOW)).containsExactly(new MembershipChanged(0));
    }
    assertThat(log(group)).isEmpty();
    assertThat(messages().find(group, "m1")).isEmpty();
    assertThat(conversations().heads(List.of(group))).isEmpty();
  }

  @Test
  default void a_refused_draft_does_not_create_its_conversation() {
    messages().append(List.of(new Append(text(ALICE_BOB, "alice", "m1"), 7)), NOW);
    append(revoke(ALICE_BOB, "alice", "m2", "nothing"));

    assertThat(conversations().heads(List.of(ALICE_BOB))).isEmpty();
    assertThat(conversations().views("alice", List.of(ALICE_BOB), NOW)).isEmpty();
  }

  @Test
  default void a_refused_draft_does_not_take_its_message_id() {
    messages().append(List.of(new Append(text(ALICE_BOB, "alice", "m1"), 7)), NOW);
    append(revoke(ALICE_BOB, "alice", "m2", "nothing"));

    appended(text(ALICE_BOB, "bob", "m1"), text(ALICE_BOB, "bob", "m2"));
  }

  @Test
  default void a_known_message_id_is_answered_before_the_version_is_compared() {
    appended(text(ALICE_BOB, "alice", "m1"));

    Append own = new Append(text(ALICE_BOB, "alice", "m1"), 7);
    Append anothers = new Append(text(ALICE_BOB, "bob", "m1"), 7);

    assertThat(messages().append(List.of(own, anothers), NOW))
        .containsExactly(new Duplicate(1, NOW), new KeyTaken());
  }

  @Test
  default void the_version_is_compared_before_the_revision_is_tried() {
    appended(text(ALICE_BOB, "alice", "m1"));

    Append stale = new Append(revoke(ALICE_BOB, "alice", "r1", "m1"), 7);
    Append aimless = new Append(revoke(ALICE_BOB, "alice", "r2", "nothing"), 7);

    assertThat(messages().append(List.of(stale, aimless), NOW))
        .containsExactly(new MembershipChanged(1), new MembershipChanged(1));
    assertThat(found(ALICE_BOB, "m1").state().revoked()).isFalse();
  }

  @Test
  default void a_repeated_revision_is_a_duplicate_whatever_became_of_its_target() {
    appended(text(ALICE_BOB, "alice", "m1"), revoke(ALICE_BOB, "alice", "r1", "m1"));

    assertThat(append(revoke(ALICE_BOB, "alice", "r1", "m1"))).isEqualTo(new Duplicate(2, NOW));
    assertThat(append(revoke(ALICE_BOB, "alice", "r1", "nothing")))
        .isEqualTo(new Duplicate(2, NOW));
    assertThat(append(revoke(ALICE_BOB, "alice", "r2", "nothing")))
        .isEqualTo(new RevisionRefused(Reason.TARGET_MISSING));
  }

  @Test
  default void a_user_can_talk_to_herself() {
    ConversationId self = ConversationId.direct("alice", "alice");

    appended(text(self, "alice", "m1"), text(self, "alice", "m2"));

    assertThat(log(self)).hasSize(2);
    assertThat(conversations().cursors(self, List.of())).containsOnlyKeys("alice");
  }

  @Test
  default void the_system_can_talk_to_a_user() {
    ConversationId id = ConversationId.direct(Ids.SYSTEM_USER, "zoe");
    EntryDraft draft =
        new EntryDraft(
            id,
            EntryType.SYSTEM,
            "m1",
            Ids.SYSTEM_USER,
            new Content(ContentType.CUSTOM, "{\"maintenance\":true}", ""),
            MessageOptions.NONE,
            null);

    assertThat(messages().append(List.of(new Append(draft, Append.ANY_VERSION)), NOW))
        .allSatisfy(StoreFixture::isAppended);
    assertThat(messages().append(List.of(decided(text(id, "zoe", "m2"))), NOW))
        .allSatisfy(StoreFixture::isAppended);
    assertThat(view("zoe", id).unreadCount()).isEqualTo(1);
    assertThat(log(id)).extracting(LogEntry::draft).contains(draft);
  }
}
