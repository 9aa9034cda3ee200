package io.embedim.testkit.contract;

import static io.embedim.testkit.contract.Drafts.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.ConversationSettings;
import io.embedim.spi.model.ConversationView;
import io.embedim.spi.model.Cursors;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.store.CursorMove;
import io.embedim.spi.store.SettingsChange;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Clearing a conversation and deleting messages, for one member only. */
interface HidingRules extends StoreFixture {

  @Test
  default void clearing_hides_the_log_up_to_its_present_end_and_moves_the_cursors_there() {
    appended(text(ALICE_BOB, "alice", "m1"), text(ALICE_BOB, "alice", "m2"));

    assertThat(conversations().clear("bob", ALICE_BOB))
        .contains(new ConversationSettings(false, false, null, false, 2));

    ConversationView cleared = view("bob", ALICE_BOB);
    assertThat(cleared.member().hiddenUpTo()).isEqualTo(2);
    assertThat(cleared.cursors()).isEqualTo(new Cursors(2, 2));
    assertThat(cleared.unreadCount()).isZero();
    assertThat(cleared.lastMessage()).isNull();
    assertThat(conversations().cursors(ALICE_BOB, List.of("bob")))
        .isEqualTo(Map.of("bob", new Cursors(2, 2)));
  }

  @Test
  default void what_comes_after_a_clearing_is_visible() {
    appended(text(ALICE_BOB, "alice", "m1"));
    conversations().clear("bob", ALICE_BOB);
    LogEntry next = appended(text(ALICE_BOB, "alice", "m2")).get(0);

    ConversationView view = view("bob", ALICE_BOB);

    assertThat(view.unreadCount()).isEqualTo(1);
    assertThat(view.lastMessage()).isEqualTo(next);
    assertThat(view.settings().clearedSeq()).isEqualTo(1);
    assertThat(conversations().clear("bob", ALICE_BOB))
        .map(ConversationSettings::clearedSeq)
        .contains(2L);
  }

  @Test
  default void clearing_leaves_the_other_members_and_the_log_alone() {
    appended(text(ALICE_BOB, "bob", "m1"));
    conversations().clear("bob", ALICE_BOB);

    assertThat(view("alice", ALICE_BOB).unreadCount()).isEqualTo(1);
    assertThat(view("alice", ALICE_BOB).lastMessage()).isNotNull();
    assertThat(view("alice", ALICE_BOB).settings()).isEqualTo(ConversationSettings.DEFAULT);
    assertThat(log(ALICE_BOB)).hasSize(1);
  }

  @Test
  default void clearing_keeps_the_other_settings_and_never_moves_a_cursor_back() {
    appended(text(ALICE_BOB, "alice", "m1"));
    conversations().advance(List.of(new CursorMove(ALICE_BOB, "bob", new Cursors(1, 1))));
    conversations().update("bob", ALICE_BOB, new SettingsChange(true, true, "x", true));

    assertThat(conversations().clear("bob", ALICE_BOB))
        .contains(new ConversationSettings(true, true, "x", true, 1));
    assertThat(conversations().clear("bob", ALICE_BOB))
        .contains(new ConversationSettings(true, true, "x", true, 1));
    assertThat(view("bob", ALICE_BOB).cursors()).isEqualTo(new Cursors(1, 1));
  }

  @Test
  default void only_members_can_clear() {
    appended(text(ALICE_BOB, "alice", "m1"));

    assertThat(conversations().clear("carol", ALICE_BOB)).isEmpty();
    assertThat(conversations().clear("alice", ALICE_CAROL)).isEmpty();
    assertThat(conversations().clear("alice", ConversationId.group("nowhere"))).isEmpty();
    assertThat(conversations().heads(List.of(ALICE_CAROL))).isEmpty();
  }

  @Test
  default void a_deleted_entry_is_hidden_from_the_member_who_deleted_it() {
    List<LogEntry> log =
        appended(
            text(ALICE_BOB, "alice", "m1"),
            text(ALICE_BOB, "alice", "m2"),
            text(ALICE_BOB, "alice", "m3"));

    conversations().delete("bob", ALICE_BOB, Set.of(1L, 3L));

    assertThat(conversations().deleted("bob", ALICE_BOB, 1, 3)).containsExactlyInAnyOrder(1L, 3L);
    assertThat(view("bob", ALICE_BOB).unreadCount()).isEqualTo(1);
    assertThat(view("bob", ALICE_BOB).lastMessage()).isEqualTo(log.get(1));
    assertThat(log(ALICE_BOB)).isEqualTo(log);
    assertThat(messages().find(ALICE_BOB, "m3")).contains(log.get(2));
    assertThat(conversations().deleted("alice", ALICE_BOB, 1, 3)).isEmpty();
    assertThat(view("alice", ALICE_BOB).lastMessage()).isEqualTo(log.get(2));
  }

  @Test
  default void deletions_add_up_and_repeating_one_is_harmless() {
    appended(
        text(ALICE_BOB, "alice", "m1"),
        text(ALICE_BOB, "alice", "m2"),
        text(ALICE_BOB, "alice", "m3"));

    conversations().delete("bob", ALICE_BOB, Set.of(1L));
    conversations().delete("bob", ALICE_BOB, Set.of());
    conversations().delete("bob", ALICE_BOB, Set.of(2L, 1L));

    assertThat(conversations().deleted("bob", ALICE_BOB, 1, 3)).containsExactlyInAnyOrder(1L, 2L);
  }

  @Test
  default void deletions_are_looked_up_by_both_ends_inclusive() {
    for (int i = 1; i <= 9; i++) {
      appended(text(ALICE_BOB, "alice", "m" + i));
    }
    conversations().delete("bob", ALICE_BOB, Set.of(2L, 4L, 6L, 8L));

    assertThat(conversations().deleted("bob", ALICE_BOB, 4, 6)).containsExactlyInAnyOrder(4L, 6L);
    assertThat(conversations().deleted("bob", ALICE_BOB, 5, 5)).isEmpty();
    assertThat(conversations().deleted("bob", ALICE_BOB, 8, 8)).containsExactly(8L);
    assertThat(conversations().deleted("bob", ALICE_BOB, 6, 4)).isEmpty();
    assertThat(conversations().deleted("bob", ALICE_BOB, 0, Long.MAX_VALUE)).hasSize(4);
  }

  @Test
  default void an_entry_that_does_not_exist_cannot_be_deleted_not_even_for_later() {
    appended(text(ALICE_BOB, "alice", "m1"));

    conversations().delete("bob", ALICE_BOB, Set.of(0L, -1L, 2L, Long.MAX_VALUE));
    appended(text(ALICE_BOB, "alice", "m2"));

    assertThat(conversations().deleted("bob", ALICE_BOB, 0, Long.MAX_VALUE)).isEmpty();
    assertThat(view("bob", ALICE_BOB).unreadCount()).isEqualTo(2);
  }

  @Test
  default void only_members_can_delete() {
    appended(text(ALICE_BOB, "alice", "m1"));

    conversations().delete("carol", ALICE_BOB, Set.of(1L));
    conversations().delete("alice", ALICE_CAROL, Set.of(1L));
    conversations().delete("alice", ConversationId.group("nowhere"), Set.of(1L));

    assertThat(conversations().deleted("carol", ALICE_BOB, 1, 1)).isEmpty();
    assertThat(conversations().deleted("alice", ALICE_CAROL, 1, 1)).isEmpty();
    assertThat(conversations().heads(List.of(ALICE_CAROL))).isEmpty();
    appended(text(ALICE_CAROL, "carol", "m1"));
    assertThat(view("alice", ALICE_CAROL).unreadCount()).isEqualTo(1);
  }

  @Test
  default void users_whose_ids_differ_only_in_case_can_talk_to_each_other() {
    ConversationId id = ConversationId.direct("Bob", "bob");
    LogEntry entry = appended(text(id, "Bob", "m1")).get(0);
    appended(text(id, "bob", "m2"));

    assertThat(view("bob", id).unreadCount()).isEqualTo(1);
    assertThat(view("Bob", id).unreadCount()).isEqualTo(1);
    conversations().advance(List.of(new CursorMove(id, "bob", new Cursors(1, 1))));
    conversations().delete("bob", id, Set.of(2L));

    assertThat(conversations().cursors(id, List.of()))
        .isEqualTo(Map.of("Bob", Cursors.NONE, "bob", new Cursors(1, 1)));
    assertThat(view("bob", id).lastMessage()).isEqualTo(entry);
    assertThat(view("Bob", id).unreadCount()).isEqualTo(1);
    assertThat(conversations().deleted("Bob", id, 1, 2)).isEmpty();
  }

  @Test
  default void a_thousand_entries_are_deleted_in_one_call() {
    messages()
        .append(
            LongStream.rangeClosed(1, 1_000)
                .mapToObj(i -> StoreFixture.decided(text(ALICE_BOB, "alice", "m" + i)))
                .toList(),
            NOW);
    Set<Long> all = Set.copyOf(LongStream.rangeClosed(2, 1_000).boxed().toList());

    conversations().delete("bob", ALICE_BOB, all);

    assertThat(conversations().deleted("bob", ALICE_BOB, 1, 1_000)).isEqualTo(all);
    assertThat(view("bob", ALICE_BOB).unreadCount()).isEqualTo(1);
    assertThat(Objects.requireNonNull(view("bob", ALICE_BOB).lastMessage()).seq()).isEqualTo(1);
  }
}
