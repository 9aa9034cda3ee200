package io.embedim.testkit.contract;

import static io.embedim.testkit.contract.GroupFixture.event;
import static io.embedim.testkit.contract.GroupFixture.isChanged;
import static io.embedim.testkit.contract.GroupFixture.member;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.Group;
import io.embedim.spi.model.GroupChange;
import io.embedim.spi.model.GroupChange.AllMuted;
import io.embedim.spi.model.GroupChange.Dismissed;
import io.embedim.spi.model.GroupChange.InfoChanged;
import io.embedim.spi.model.GroupChange.MemberMuted;
import io.embedim.spi.model.GroupChange.MembersAdded;
import io.embedim.spi.model.GroupChange.NicknameChanged;
import io.embedim.spi.model.GroupChange.OwnerChanged;
import io.embedim.spi.model.GroupChange.RoleChanged;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.Member;
import io.embedim.spi.model.MemberRole;
import io.embedim.spi.model.Membership;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.GroupStore.Result;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What each change makes of a group, and what keeps one from being made. */
interface GroupChangeRules extends GroupFixture {

  /** So much later than the creation happens what changes the group. */
  long LATER = NOW + 60_000;

  @Test
  default void a_change_raises_the_version_by_one_and_logs_its_event_behind_the_last_entry() {
    founded("bob");
    said("bob", "m1");

    Result first = groups().change(GROUP, 1, new AllMuted(true), event(GROUP, "first"), NOW + 10);
    Result second =
        groups().change(GROUP, 2, new MemberMuted("bob", 5), event(GROUP, "second"), NOW + 20);

    List<LogEntry> log = log(GROUP);
    assertThat(first).isEqualTo(new Result.Changed(log.get(2), 2));
    assertThat(second).isEqualTo(new Result.Changed(log.get(3), 3));
    assertThat(log).extracting(LogEntry::seq).containsExactly(1L, 2L, 3L, 4L);
    assertThat(log.get(2).draft()).isEqualTo(event(GROUP, "first"));
    assertThat(log.get(3).timestamp()).isEqualTo(NOW + 20);
    assertThat(messages().find(GROUP, "second")).contains(log.get(3));
    assertThat(version()).isEqualTo(3);
  }

  @Test
  default void an_event_is_not_stamped_before_the_last_entry() {
    founded("bob");
    messages().append(List.of(new Append(Drafts.text(GROUP, "bob", "m"), 1)), LATER);

    Result result = groups().change(GROUP, 1, new AllMuted(true), event(GROUP, "e"), NOW);

    assertThat(isChanged(result).event().timestamp()).isEqualTo(LATER);
    assertThat(group().updatedAt()).isEqualTo(LATER);
  }

  @Test
  default void members_come_in_with_all_that_is_said_of_them() {
    founded("bob");
    Member carol = new Member("carol", MemberRole.ADMIN, "卡罗尔", NOW + 5, NOW + 1, "bob", 1);
    Member dave = member("dave", MemberRole.MEMBER);

    changed(new MembersAdded(List.of(dave, carol)), "in");

    assertThat(membership().members()).containsOnlyKeys("alice", "bob", "carol", "dave");
    assertThat(memberNow("carol")).isEqualTo(carol);
    assertThat(memberNow("dave")).isEqualTo(dave);
    assertThat(group().memberCount()).isEqualTo(4);
  }

  @Test
  default void members_who_are_removed_belong_to_it_no_more() {
    founded("bob", "carol", "dave");

    removed("bob", "dave");

    assertThat(membership().members()).containsOnlyKeys("alice", "carol");
    assertThat(group().memberCount()).isEqualTo(2);
    assertThat(groups().members("g", 0, 9))
        .extracting(Member::userId)
        .containsExactly("alice", "carol");
    assertThat(groups().groupsOf("bob", "", 9)).isEmpty();
    assertThat(groups().groupsOf("carol", "", 9)).hasSize(1);
  }

  @Test
  default void a_role_is_given_and_taken() {
    founded("bob");

    changed(new RoleChanged("bob", MemberRole.ADMIN), "up");
    assertThat(memberNow("bob")).isEqualTo(member("bob", MemberRole.ADMIN));
    changed(new RoleChanged("bob", MemberRole.MEMBER), "down");
    assertThat(memberNow("bob")).isEqualTo(member("bob", MemberRole.MEMBER));
    assertThat(memberNow("alice")).isEqualTo(member("alice", MemberRole.OWNER));
  }

  @Test
  default void a_group_that_is_handed_over_has_one_owner_and_keeps_the_former_one() {
    founded("bob", "carol");

    changedLater(new OwnerChanged("bob", MemberRole.ADMIN), "first");

    assertThat(memberNow("alice")).isEqualTo(member("alice", MemberRole.ADMIN));
    assertThat(memberNow("bob")).isEqualTo(member("bob", MemberRole.OWNER));
    assertThat(group()).isEqualTo(new Group("g", INFO, "bob", 3, false, false, NOW, LATER));

    changed(new OwnerChanged("alice", MemberRole.MEMBER), "second");
    assertThat(group().ownerId()).isEqualTo("alice");
    assertThat(memberNow("bob").role()).isEqualTo(MemberRole.MEMBER);
    removed("bob");
  }

  @Test
  default void a_member_is_muted_until_a_time_and_may_speak_again() {
    founded("bob");

    changed(new MemberMuted("bob", Long.MAX_VALUE), "mute");
    assertThat(memberNow("bob").mutedUntil()).isEqualTo(Long.MAX_VALUE);
    changed(new MemberMuted("bob", 0), "lift");
    assertThat(memberNow("bob")).isEqualTo(member("bob", MemberRole.MEMBER));
  }

  @Test
  default void all_are_muted_and_may_speak_again() {
    founded("bob");

    changedLater(new AllMuted(true), "mute");
    assertThat(membership().allMuted()).isTrue();
    assertThat(membership().active()).isTrue();
    assertThat(group()).isEqualTo(new Group("g", INFO, "alice", 2, true, false, NOW, LATER));
    changed(new AllMuted(false), "lift");
    assertThat(membership().allMuted()).isFalse();
    assertThat(group().allMuted()).isFalse();
  }

  @Test
  default void a_nickname_is_taken_and_given_up() {
    founded("bob");

    changed(new NicknameChanged("bob", "小明 😀"), "on");
    assertThat(memberNow("bob"))
        .isEqualTo(new Member("bob", MemberRole.MEMBER, "小明 😀", 0, NOW, null, 1));
    changed(new NicknameChanged("bob", null), "off");
    assertThat(memberNow("bob")).isEqualTo(member("bob", MemberRole.MEMBER));
  }

  @Test
  default void the_describing_fields_are_replaced_all_at_once() {
    founded("bob");
    Group.Info full =
        new Group.Info("New", "avatar", "news", "about", 7, Group.JoinMode.CLOSED, true);

    changedLater(new InfoChanged(full), "full");
    assertThat(group()).isEqualTo(new Group("g", full, "alice", 2, false, false, NOW, LATER));
    changed(new InfoChanged(INFO), "empty");
    assertThat(group().info()).isEqualTo(INFO);
    assertThat(membership().members().values())
        .containsExactlyInAnyOrder(
            member("alice", MemberRole.OWNER), member("bob", MemberRole.MEMBER));
  }

  @Test
  default void a_dismissed_group_keeps_its_members_and_its_log() {
    founded("bob");
    LogEntry said = said("bob", "m1");
    Membership before = membership();

    LogEntry end = changedLater(new Dismissed(), "end");

    assertThat(group()).isEqualTo(new Group("g", INFO, "alice", 2, false, true, NOW, LATER));
    assertThat(membership()).isEqualTo(new Membership(GROUP, 2, false, false, before.members()));
    assertThat(groups().members("g", 0, 9)).hasSize(2);
    assertThat(groups().groupsOf("bob", "", 9)).isEmpty();
    assertThat(log(GROUP)).endsWith(said, end);
    assertThat(view("bob", GROUP).head().maxSeq()).isEqualTo(3);
    assertThat(view("bob", GROUP).member().left()).isFalse();
    assertThat(conversations().cursors(GROUP, List.of())).containsOnlyKeys("alice", "bob");
  }

  @Test
  default void the_group_itself_is_updated_by_nothing_that_concerns_members_only() {
    founded("bob");
    Group before = group();

    changedLater(new MembersAdded(List.of(member("carol", MemberRole.MEMBER))), "e1");
    changedLater(new RoleChanged("bob", MemberRole.ADMIN), "e2");
    changedLater(new MemberMuted("bob", 5), "e3");
    changedLater(new NicknameChanged("bob", "b"), "e4");
    changedLater(new GroupChange.MembersRemoved(List.of("carol")), "e5");

    assertThat(group()).isEqualTo(before);
  }

  @Test
  default void a_change_that_was_decided_on_another_version_is_not_made() {
    founded("bob");
    changed(new AllMuted(true), "e1");

    for (long version : new long[] {-1, 0, 1, 3}) {
      assertThat(change(version, new MemberMuted("bob", 5), "e2"))
          .isEqualTo(new Result.MembershipChanged(2));
    }

    assertThat(log(GROUP)).hasSize(2);
    assertThat(memberNow("bob").mutedUntil()).isZero();
  }

  @Test
  default void a_repeated_event_is_a_duplicate_whatever_it_comes_with() {
    founded("bob");
    LogEntry first = changed(new MemberMuted("bob", 5), "e1");
    said("bob", "m1");

    Result duplicate = new Result.Duplicate(first.seq(), first.timestamp());
    assertThat(change(1, new MemberMuted("bob", 5), "e1")).isEqualTo(duplicate);
    assertThat(change(2, new MemberMuted("bob", 9), "e1")).isEqualTo(duplicate);
    assertThat(change(2, new MemberMuted("nobody", 9), "e1")).isEqualTo(duplicate);
    assertThat(change(2, new Dismissed(), "created")).isEqualTo(new Result.Duplicate(1, NOW));
    assertThat(memberNow("bob").mutedUntil()).isEqualTo(5);
    assertThat(version()).isEqualTo(2);
    assertThat(log(GROUP)).hasSize(3);
  }

  @Test
  default void an_event_with_the_id_of_somebody_elses_entry_is_refused() {
    founded("bob");
    said("bob", "m1");

    assertThat(change(1, new MemberMuted("bob", 5), "m1")).isEqualTo(new Result.KeyTaken());
    assertThat(change(7, new MemberMuted("nobody", 5), "m1")).isEqualTo(new Result.KeyTaken());
    assertThat(change(1, new MemberMuted("bob", 5), "M1")).isInstanceOf(Result.Changed.class);
  }

  @Test
  default void a_contradiction_on_an_old_version_is_an_old_version() {
    founded("bob");
    removed("bob");

    assertThat(change(1, new GroupChange.MembersRemoved(List.of("bob")), "again"))
        .isEqualTo(new Result.MembershipChanged(2));
  }

  private LogEntry changedLater(GroupChange change, String eventId) {
    return isChanged(groups().change(GROUP, version(), change, event(GROUP, eventId), LATER))
        .event();
  }
}
