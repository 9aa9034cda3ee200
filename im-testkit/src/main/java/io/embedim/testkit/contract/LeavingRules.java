package io.embedim.testkit.contract;

import static io.embedim.testkit.contract.Drafts.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.ConversationHead;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.ConversationSettings;
import io.embedim.spi.model.Cursors;
import io.embedim.spi.model.GroupChange;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.Member;
import io.embedim.spi.model.MemberView;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.ConversationQuery;
import io.embedim.spi.store.ConversationQuery.Order;
import io.embedim.spi.store.ConversationQuery.Position;
import io.embedim.spi.store.CursorMove;
import io.embedim.spi.store.CursorResult;
import io.embedim.spi.store.SettingsChange;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What remains to somebody who left a group, or was removed from it, and to the others. */
interface LeavingRules extends GroupFixture {

  @Test
  default void for_whoever_left_the_log_ends_with_the_event_that_tells_of_it() {
    founded("bob");
    said("alice", "m1");
    LogEntry out = removed("bob");
    said("alice", "m2");

    MemberView view = view("bob", GROUP).member();
    assertThat(view.left()).isTrue();
    assertThat(view.head()).isEqualTo(new ConversationHead(GROUP, out.seq(), out.timestamp()));
    assertThat(view.cursors()).isEqualTo(Cursors.NONE);
    assertThat(view.visibleFromSeq()).isEqualTo(1);
    assertThat(view.peer()).isNull();
    assertThat(view("alice", GROUP).head().maxSeq()).isEqualTo(4);
    assertThat(conversations().heads(List.of(GROUP)).get(GROUP))
        .isEqualTo(new ConversationHead(GROUP, 4, NOW));
  }

  @Test
  default void what_is_said_after_she_left_is_neither_unread_nor_her_last_message() {
    founded("bob");
    said("alice", "m1");
    LogEntry out = removed("bob");
    said("alice", "m2");
    said("alice", "m3");

    assertThat(view("bob", GROUP).unreadCount()).isEqualTo(1);
    assertThat(view("bob", GROUP).lastMessage()).isEqualTo(out);
  }

  @Test
  default void what_is_revoked_after_she_left_is_revoked_for_her_too() {
    founded("bob");
    said("alice", "m1");
    LogEntry out = removed("bob");
    conversations().delete("bob", GROUP, Set.of(out.seq()));

    send(version(), Drafts.revoke(GROUP, "alice", "r", "m1"));

    assertThat(view("bob", GROUP).unreadCount()).isZero();
    assertThat(view("bob", GROUP).lastMessage()).isEqualTo(found(GROUP, "m1"));
    assertThat(found(GROUP, "m1").state().revoked()).isTrue();
  }

  @Test
  default void nobody_else_finds_her_in_the_group() {
    founded("bob", "carol");
    removed("bob");

    assertThat(membership().members()).containsOnlyKeys("alice", "carol");
    assertThat(groups().members("g", 0, 9)).extracting(Member::userId).doesNotContain("bob");
    assertThat(groups().groupsOf("bob", "", 9)).isEmpty();
    assertThat(conversations().cursors(GROUP, List.of())).containsOnlyKeys("alice", "carol");
    assertThat(conversations().cursors(GROUP, List.of("bob", "carol"))).containsOnlyKeys("carol");
    assertThat(group().memberCount()).isEqualTo(2);
  }

  @Test
  default void those_who_are_removed_together_end_together() {
    founded("bob", "carol");

    LogEntry out = removed("bob", "carol");

    for (String userId : List.of("bob", "carol")) {
      assertThat(view(userId, GROUP).head().maxSeq()).isEqualTo(out.seq());
      assertThat(view(userId, GROUP).member().left()).isTrue();
    }
  }

  @Test
  default void whoever_never_belonged_to_the_group_has_nothing_of_it() {
    founded("bob");

    assertThat(conversations().memberViews("stranger", List.of(GROUP))).isEmpty();
    assertThat(list("stranger", Order.OLDEST_FIRST)).isEmpty();
    assertThat(advance("stranger", 1)).isEqualTo(new CursorResult.NotMember());
    assertThat(conversations().update("stranger", GROUP, SettingsRules.PIN)).isEmpty();
    assertThat(conversations().clear("stranger", GROUP)).isEmpty();
    conversations().delete("stranger", GROUP, Set.of(1L));
    assertThat(conversations().deleted("stranger", GROUP, 1, 9)).isEmpty();
  }

  @Test
  default void her_cursors_come_as_far_as_the_event_and_no_further() {
    founded("bob");
    LogEntry out = removed("bob");
    said("alice", "m1");

    assertThat(advance("bob", 3)).isEqualTo(new CursorResult.BeyondEnd(out.seq()));
    assertThat(view("bob", GROUP).cursors()).isEqualTo(Cursors.NONE);
    assertThat(advance("bob", 2))
        .isEqualTo(new CursorResult.Stored(Cursors.NONE, new Cursors(2, 2)));
    assertThat(view("bob", GROUP).cursors()).isEqualTo(new Cursors(2, 2));
    assertThat(advance("alice", 3)).isInstanceOf(CursorResult.Stored.class);
  }

  @Test
  default void the_group_stays_in_her_lists_at_the_time_when_she_left() {
    founded("bob");
    ConversationId later = ConversationId.direct("bob", "dave");
    ConversationId earlier = ConversationId.direct("bob", "carol");
    append(NOW - 10, text(earlier, "carol", "m1"));
    removed("bob");
    append(NOW + 10, text(later, "dave", "m1"));
    messages().append(List.of(new Append(text(GROUP, "alice", "m9"), version())), NOW + 20);

    assertThat(list("bob", Order.NEWEST_FIRST))
        .extracting(MemberView::id)
        .containsExactly(later, GROUP, earlier);
    assertThat(list("bob", Order.OLDEST_FIRST))
        .extracting(MemberView::id)
        .containsExactly(earlier, GROUP, later);
    assertThat(list("bob", Order.NEWEST_FIRST).get(1)).isEqualTo(view("bob", GROUP).member());
    assertThat(
            conversations()
                .list(
                    new ConversationQuery("bob", Order.NEWEST_FIRST, new Position(NOW, GROUP), 9)))
        .extracting(MemberView::id)
        .containsExactly(earlier);
    assertThat(
            conversations()
                .list(new ConversationQuery("bob", Order.OLDEST_FIRST, Position.from(NOW), 1)))
        .extracting(MemberView::id)
        .containsExactly(GROUP);
  }

  @Test
  default void she_can_still_set_what_the_group_is_to_her() {
    founded("bob");
    removed("bob");

    assertThat(conversations().update("bob", GROUP, new SettingsChange(true, true, "draft", null)))
        .contains(new ConversationSettings(true, true, "draft", false, 0));
    assertThat(view("bob", GROUP).settings())
        .isEqualTo(new ConversationSettings(true, true, "draft", false, 0));
  }

  @Test
  default void a_group_that_she_hid_after_she_left_stays_hidden_whatever_is_said() {
    founded("bob");
    conversations().update("bob", GROUP, SettingsRules.HIDE);
    removed("bob");
    assertThat(view("bob", GROUP).settings().hidden()).isFalse();

    assertThat(conversations().update("bob", GROUP, SettingsRules.HIDE))
        .get()
        .extracting(ConversationSettings::hidden)
        .isEqualTo(true);
    said("alice", "m1");

    assertThat(view("bob", GROUP).settings().hidden()).isTrue();
    assertThat(list("bob", Order.NEWEST_FIRST)).isEmpty();
    assertThat(list("bob", Order.OLDEST_FIRST)).hasSize(1);
    conversations().update("bob", GROUP, SettingsRules.SHOW);
    assertThat(list("bob", Order.NEWEST_FIRST)).hasSize(1);
  }

  @Test
  default void she_clears_what_was_said_to_her_and_nothing_beyond() {
    founded("bob");
    said("alice", "m1");
    LogEntry out = removed("bob");
    said("alice", "m2");

    assertThat(conversations().clear("bob", GROUP))
        .get()
        .extracting(ConversationSettings::clearedSeq)
        .isEqualTo(out.seq());

    assertThat(view("bob", GROUP).cursors()).isEqualTo(new Cursors(3, 3));
    assertThat(view("bob", GROUP).lastMessage()).isNull();
    assertThat(view("bob", GROUP).unreadCount()).isZero();
  }

  @Test
  default void she_deletes_what_was_said_to_her_and_nothing_beyond() {
    founded("bob");
    LogEntry before = said("alice", "m1");
    LogEntry out = removed("bob");
    LogEntry after = said("alice", "m2");

    conversations().delete("bob", GROUP, Set.of(before.seq(), out.seq(), after.seq()));

    assertThat(conversations().deleted("bob", GROUP, 1, 99))
        .containsExactlyInAnyOrder(before.seq(), out.seq());
    assertThat(view("bob", GROUP).member().lastDeletedSeq()).isEqualTo(out.seq());
    assertThat(view("bob", GROUP).lastMessage()).isEqualTo(found(GROUP, "created"));
    joined("bob");
    assertThat(conversations().deleted("bob", GROUP, 1, 99)).doesNotContain(after.seq());
  }

  @Test
  default void whoever_is_removed_again_ends_where_she_was_removed_last() {
    founded("bob");
    removed("bob");
    LogEntry back = joined("bob");
    said("alice", "m1");
    LogEntry out = removed("bob");
    said("alice", "m2");

    MemberView view = view("bob", GROUP).member();
    assertThat(view.left()).isTrue();
    assertThat(view.head().maxSeq()).isEqualTo(out.seq());
    assertThat(view.visibleFromSeq()).isEqualTo(back.seq());
    assertThat(view("bob", GROUP).unreadCount()).isEqualTo(1);
    assertThat(membership().members()).containsOnlyKeys("alice");
  }

  @Test
  default void the_end_of_the_group_does_not_reach_whoever_left_before() {
    founded("bob");
    LogEntry out = removed("bob");
    changed(new GroupChange.Dismissed(), "end");

    assertThat(view("bob", GROUP).head().maxSeq()).isEqualTo(out.seq());
    assertThat(view("bob", GROUP).lastMessage()).isEqualTo(out);
    assertThat(membership().members()).containsOnlyKeys("alice");
  }

  private CursorResult advance(String userId, long seq) {
    return conversations()
        .advance(List.of(new CursorMove(GROUP, userId, new Cursors(seq, seq))))
        .get(0);
  }

  private List<MemberView> list(String userId, Order order) {
    return conversations().list(new ConversationQuery(userId, order, null, 9));
  }
}
