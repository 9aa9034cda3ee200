package io.embedim.testkit.contract;

import static io.embedim.testkit.contract.GroupFixture.joining;
import static io.embedim.testkit.contract.GroupFixture.member;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.ConversationSettings;
import io.embedim.spi.model.Cursors;
import io.embedim.spi.model.GroupChange;
import io.embedim.spi.model.GroupChange.MembersAdded;
import io.embedim.spi.model.JoinRequest;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.Member;
import io.embedim.spi.model.MemberRole;
import io.embedim.spi.model.MemberView;
import io.embedim.spi.store.ConversationQuery;
import io.embedim.spi.store.ConversationQuery.Order;
import io.embedim.spi.store.CursorMove;
import io.embedim.spi.store.SettingsChange;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What somebody finds who comes into a group, or back. */
interface JoiningRules extends GroupFixture {

  @Test
  default void whoever_comes_in_has_come_as_far_as_the_entry_before_the_event() {
    founded("bob");
    said("bob", "m1");
    said("bob", "m2");

    LogEntry event = joined("carol");

    assertThat(event.seq()).isEqualTo(4);
    assertThat(view("carol", GROUP).cursors()).isEqualTo(new Cursors(3, 3));
    assertThat(conversations().cursors(GROUP, List.of("carol")))
        .containsEntry("carol", new Cursors(3, 3));
    assertThat(view("carol", GROUP).unreadCount()).isZero();
    assertThat(view("carol", GROUP).lastMessage()).isEqualTo(event);
    assertThat(view("carol", GROUP).settings()).isEqualTo(ConversationSettings.DEFAULT);

    said("bob", "m3");
    assertThat(view("carol", GROUP).unreadCount()).isEqualTo(1);
    assertThat(view("alice", GROUP).cursors()).isEqualTo(Cursors.NONE);
  }

  @Test
  default void whoever_comes_in_sees_what_is_logged_from_the_event_on() {
    founded("bob");
    LogEntry said = said("bob", "m1");

    LogEntry event = joined("carol");

    assertThat(memberNow("carol").visibleFromSeq()).isEqualTo(event.seq());
    assertThat(groups().members("g", 2, 1)).containsExactly(memberNow("carol"));
    assertThat(view("carol", GROUP).member().visibleFromSeq()).isEqualTo(event.seq());
    conversations().delete("carol", GROUP, Set.of(event.seq()));
    assertThat(view("carol", GROUP).lastMessage()).isNull();
    conversations().delete("bob", GROUP, Set.of(event.seq()));
    assertThat(view("bob", GROUP).lastMessage()).isEqualTo(said);
  }

  @Test
  default void whoever_may_see_the_past_sees_it_and_has_nothing_unread_all_the_same() {
    founded("bob");
    LogEntry said = said("bob", "m1");

    LogEntry event =
        changed(new MembersAdded(List.of(member("carol", MemberRole.MEMBER))), "carol-in");

    assertThat(memberNow("carol").visibleFromSeq()).isEqualTo(1);
    assertThat(view("carol", GROUP).member().visibleFromSeq()).isEqualTo(1);
    assertThat(view("carol", GROUP).cursors()).isEqualTo(new Cursors(2, 2));
    assertThat(view("carol", GROUP).unreadCount()).isZero();
    conversations().delete("carol", GROUP, Set.of(event.seq()));
    assertThat(view("carol", GROUP).lastMessage()).isEqualTo(said);
  }

  @Test
  default void those_who_come_in_together_begin_together() {
    founded();

    LogEntry event =
        changed(
            new MembersAdded(List.of(joining("carol"), joining("bob"), joining("dave"))), "all-in");

    for (String userId : List.of("bob", "carol", "dave")) {
      assertThat(memberNow(userId).visibleFromSeq()).isEqualTo(event.seq());
      assertThat(view(userId, GROUP).cursors()).isEqualTo(new Cursors(1, 1));
      assertThat(list(userId)).extracting(MemberView::id).containsExactly(GROUP);
    }
    assertThat(log(GROUP)).hasSize(2);
  }

  @Test
  default void the_group_is_in_the_lists_of_whoever_came_in_and_of_nobody_else() {
    founded("bob");
    joined("carol");

    assertThat(list("carol")).extracting(MemberView::id).containsExactly(GROUP);
    assertThat(list("alice")).extracting(MemberView::id).containsExactly(GROUP);
    assertThat(list("stranger")).isEmpty();
    assertThat(list("Carol")).isEmpty();
  }

  @Test
  default void an_open_request_is_closed_when_its_user_comes_in() {
    founded("bob");
    JoinRequest carols = request("r1", "g", "carol");
    JoinRequest daves = request("r2", "g", "dave");
    JoinRequest elsewhere = request("r3", "other", "carol");

    joined("carol");

    assertThat(groups().findRequest(carols.requestId(), NOW)).isEmpty();
    assertThat(groups().requests("g", NOW, 9)).containsExactly(daves);
    assertThat(groups().requests("other", NOW, 9)).containsExactly(elsewhere);
    assertThat(groups().closeRequest("r1", NOW)).isFalse();
  }

  @Test
  default void a_change_that_is_not_made_closes_no_request() {
    founded("bob");
    joined("dave");
    JoinRequest carols = request("r1", "g", "carol");

    change(1, new MembersAdded(List.of(joining("carol"))), "carol-in");

    assertThat(groups().requests("g", NOW, 9)).containsExactly(carols);
  }

  @Test
  default void whoever_comes_back_has_the_settings_that_she_had() {
    founded("bob");
    said("alice", "m1");
    conversations().clear("bob", GROUP);
    LogEntry deleted = said("alice", "m2");
    conversations().delete("bob", GROUP, Set.of(deleted.seq()));
    conversations().update("bob", GROUP, new SettingsChange(true, true, "draft 😀", null));
    removed("bob");
    said("alice", "m3");

    LogEntry back = joined("bob");

    assertThat(view("bob", GROUP).settings())
        .isEqualTo(new ConversationSettings(true, true, "draft 😀", false, 2));
    assertThat(conversations().deleted("bob", GROUP, 1, 99)).containsExactly(deleted.seq());
    assertThat(view("bob", GROUP).member().lastDeletedSeq()).isEqualTo(deleted.seq());
    assertThat(view("bob", GROUP).member().left()).isFalse();
    assertThat(view("bob", GROUP).head().maxSeq()).isEqualTo(back.seq());
    assertThat(view("bob", GROUP).unreadCount()).isZero();
    assertThat(view("bob", GROUP).cursors()).isEqualTo(new Cursors(5, 5));
    assertThat(conversations().cursors(GROUP, List.of())).containsOnlyKeys("alice", "bob");
  }

  @Test
  default void whoever_comes_back_at_once_keeps_the_cursors_that_are_as_far() {
    founded("bob");
    LogEntry out = removed("bob");
    conversations()
        .advance(List.of(new CursorMove(GROUP, "bob", new Cursors(out.seq(), out.seq()))));

    LogEntry back = joined("bob");

    assertThat(back.seq()).isEqualTo(out.seq() + 1);
    assertThat(view("bob", GROUP).cursors()).isEqualTo(new Cursors(2, 2));
  }

  @Test
  default void whoever_comes_back_is_the_member_that_the_change_says() {
    founded("bob");
    changed(new GroupChange.RoleChanged("bob", MemberRole.ADMIN), "up");
    changed(new GroupChange.NicknameChanged("bob", "Bobby"), "name");
    removed("bob");
    Member again = new Member("bob", MemberRole.MEMBER, "Robert", 0, NOW + 9, "alice", 1);

    changed(new MembersAdded(List.of(again)), "back");

    assertThat(memberNow("bob")).isEqualTo(again);
    assertThat(view("bob", GROUP).member().visibleFromSeq()).isEqualTo(1);
    assertThat(group().memberCount()).isEqualTo(2);
    assertThat(groups().groupsOf("bob", "", 9)).containsExactly(group());
  }

  @Test
  default void whoever_was_muted_when_she_left_is_muted_until_the_later_time_when_she_is_back() {
    founded("bob", "carol");
    changed(new GroupChange.MemberMuted("bob", NOW + 50), "mute-bob");
    changed(new GroupChange.MemberMuted("carol", NOW + 50), "mute-carol");
    removed("bob", "carol");

    changed(
        new MembersAdded(
            List.of(joining("bob").withMutedUntil(NOW + 10), joining("dave").withMutedUntil(7))),
        "back");
    changed(new MembersAdded(List.of(joining("carol").withMutedUntil(NOW + 90))), "carol-back");

    assertThat(memberNow("bob").mutedUntil()).isEqualTo(NOW + 50);
    assertThat(memberNow("carol").mutedUntil()).isEqualTo(NOW + 90);
    assertThat(memberNow("dave").mutedUntil()).isEqualTo(7);
    removed("bob");
    joined("bob");
    assertThat(memberNow("bob").mutedUntil()).isEqualTo(NOW + 50);
    assertThat(groups().membershipSince(GROUP, version() - 1).orElseThrow().changed())
        .containsExactly(memberNow("bob"));
    changed(new GroupChange.MemberMuted("bob", 0), "lifted");
    removed("bob");
    joined("bob");
    assertThat(memberNow("bob").mutedUntil()).isZero();
  }

  @Test
  default void a_group_that_was_hidden_shows_again_to_whoever_comes_back() {
    founded("bob");
    removed("bob");
    conversations().update("bob", GROUP, SettingsRules.HIDE);

    joined("bob");

    assertThat(view("bob", GROUP).settings().hidden()).isFalse();
    assertThat(list("bob")).extracting(MemberView::id).containsExactly(GROUP);
  }

  private JoinRequest request(String requestId, String groupId, String userId) {
    return groups()
        .request(new JoinRequest(requestId, groupId, userId, "please", NOW, NOW + 10_000));
  }

  private List<MemberView> list(String userId) {
    return conversations().list(new ConversationQuery(userId, Order.NEWEST_FIRST, null, 9));
  }
}
