package io.embedim.testkit.contract;

import static io.embedim.testkit.contract.GroupFixture.event;
import static io.embedim.testkit.contract.GroupFixture.joining;
import static io.embedim.testkit.contract.GroupFixture.member;
import static io.embedim.testkit.contract.GroupFixture.newGroup;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.Cursors;
import io.embedim.spi.model.EntryState;
import io.embedim.spi.model.Group;
import io.embedim.spi.model.GroupChange;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.Member;
import io.embedim.spi.model.MemberRole;
import io.embedim.spi.model.Membership;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.AppendResult;
import io.embedim.spi.store.GroupStore.Result;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How groups come to be. */
interface GroupCreationRules extends GroupFixture {

  @Test
  default void a_group_begins_with_its_members_and_with_the_event_that_tells_of_it() {
    Member alice = member("alice", MemberRole.OWNER);
    Member bob = member("bob", MemberRole.ADMIN);

    Result result =
        groups().create(newGroup(GROUP), List.of(bob, alice), event(GROUP, "created"), NOW);

    LogEntry created = new LogEntry(1, NOW, event(GROUP, "created"), EntryState.UNREVISED);
    assertThat(result).isEqualTo(new Result.Changed(created, 1));
    assertThat(log(GROUP)).containsExactly(created);
    assertThat(messages().find(GROUP, "created")).contains(created);
    assertThat(membership())
        .isEqualTo(new Membership(GROUP, 1, true, false, Map.of("alice", alice, "bob", bob)));
    assertThat(conversations().cursors(GROUP, List.of()))
        .isEqualTo(Map.of("alice", Cursors.NONE, "bob", Cursors.NONE));
    assertThat(view("bob", GROUP).head().maxSeq()).isEqualTo(1);
    assertThat(view("bob", GROUP).member().left()).isFalse();
    assertThat(view("bob", GROUP).peer()).isNull();
  }

  @Test
  default void who_owns_a_group_and_how_many_belong_to_it_follow_from_its_members() {
    Group group = new Group("g", INFO, "nobody", 77, false, false, NOW, NOW);

    groups()
        .create(
            group,
            List.of(member("bob", MemberRole.MEMBER), member("carol", MemberRole.OWNER)),
            event(GROUP, "created"),
            NOW);

    assertThat(group()).isEqualTo(new Group("g", INFO, "carol", 2, false, false, NOW, NOW));
  }

  @Test
  default void everything_that_a_group_and_its_members_say_is_kept() {
    Group.Info info =
        new Group.Info(
            "群 😀".repeat(32),
            "https://example.org/a.png?x=1&y='2'",
            "Hello,\nworld",
            "",
            Integer.MAX_VALUE,
            Group.JoinMode.APPROVAL,
            true);
    Member alice = new Member("alice", MemberRole.OWNER, "艾丽斯 😀", 0, 0, null, 1);
    Member bob = new Member("bob", MemberRole.ADMIN, null, Long.MAX_VALUE, NOW - 7, "alice", 1);

    groups()
        .create(
            new Group("g", info, "alice", 2, true, false, NOW - 5, NOW),
            List.of(alice, bob),
            event(GROUP, "created"),
            NOW);

    assertThat(group()).isEqualTo(new Group("g", info, "alice", 2, true, false, NOW - 5, NOW));
    assertThat(membership().allMuted()).isTrue();
    assertThat(membership().members()).isEqualTo(Map.of("alice", alice, "bob", bob));
    assertThat(groups().members("g", 0, 9)).containsExactly(alice, bob);
  }

  @Test
  default void a_first_member_who_sees_from_her_joining_on_sees_the_first_entry() {
    groups()
        .create(
            newGroup(GROUP),
            List.of(member("alice", MemberRole.OWNER), joining("bob")),
            event(GROUP, "created"),
            NOW);

    assertThat(memberNow("bob").visibleFromSeq()).isEqualTo(1);
    assertThat(view("bob", GROUP).member().visibleFromSeq()).isEqualTo(1);
  }

  @Test
  default void a_group_whose_id_is_taken_is_not_created() {
    founded("bob");
    Member carol = member("carol", MemberRole.OWNER);
    Group other = new Group("g", INFO, "carol", 1, true, false, NOW + 1, NOW + 1);
    joined("dave");

    assertThat(groups().create(other, List.of(carol), event(GROUP, "again"), NOW))
        .isEqualTo(new Result.MembershipChanged(2));
    assertThat(groups().create(other, List.of(carol), event(GROUP, "created"), NOW))
        .isEqualTo(new Result.MembershipChanged(2));

    assertThat(membership().members()).containsOnlyKeys("alice", "bob", "dave");
    assertThat(group().createdAt()).isEqualTo(NOW);
    assertThat(log(GROUP)).hasSize(2);
    assertThat(groups().groupsOf("carol", "", 9)).isEmpty();
    assertThat(conversations().memberViews("carol", List.of(GROUP))).isEmpty();
  }

  @Test
  default void the_id_of_a_dismissed_group_stays_taken() {
    founded();
    changed(new GroupChange.Dismissed(), "end");

    assertThat(
            groups()
                .create(
                    newGroup(GROUP),
                    List.of(member("bob", MemberRole.OWNER)),
                    event(GROUP, "again"),
                    NOW))
        .isEqualTo(new Result.MembershipChanged(2));
  }

  @Test
  default void group_ids_are_told_apart_by_case() {
    ConversationId upper = ConversationId.group("G");
    founded("bob");
    founded(upper);

    assertThat(membership(GROUP).members()).containsOnlyKeys("alice", "bob");
    assertThat(membership(upper).members()).containsOnlyKeys("alice");
    assertThat(groups().find("G")).get().extracting(Group::groupId).isEqualTo("G");
  }

  @Test
  default void user_ids_are_told_apart_by_case() {
    founded("bob", "Bob");
    removed("bob");

    assertThat(membership().members()).containsOnlyKeys("alice", "Bob");
    assertThat(group().memberCount()).isEqualTo(2);
  }

  @Test
  default void members_that_make_no_group_are_refused_and_nothing_is_written() {
    Member alice = member("alice", MemberRole.OWNER);
    Member bob = member("bob", MemberRole.MEMBER);
    List<List<Member>> impossible =
        List.of(
            List.of(),
            List.of(bob),
            List.of(alice, member("carol", MemberRole.OWNER)),
            List.of(alice, bob, member("bob", MemberRole.ADMIN)),
            List.of(alice, alice));

    for (List<Member> members : impossible) {
      assertThatIllegalArgumentException()
          .as("%s", members)
          .isThrownBy(
              () -> groups().create(newGroup(GROUP), members, event(GROUP, "created"), NOW));
      isNowhere();
    }

    founded("bob");
    assertThat(log(GROUP)).hasSize(1);
  }

  @Test
  default void a_group_that_nobody_created_is_nowhere() {
    isNowhere();

    assertThat(change(0, new GroupChange.AllMuted(true), "e"))
        .isEqualTo(new Result.MembershipChanged(Membership.NO_CONVERSATION));
    assertThat(change(1, new GroupChange.AllMuted(true), "e"))
        .isEqualTo(new Result.MembershipChanged(Membership.NO_CONVERSATION));
    isNowhere();
  }

  private void isNowhere() {
    assertThat(groups().find("g")).isEmpty();
    assertThat(groups().membership(GROUP)).isEmpty();
    assertThat(groups().membershipSince(GROUP, 1)).isEmpty();
    assertThat(groups().members("g", 0, 9)).isEmpty();
    assertThat(groups().groupsOf("alice", "", 9)).isEmpty();
    assertThat(conversations().heads(List.of(GROUP))).isEmpty();
    assertThat(conversations().memberViews("alice", List.of(GROUP))).isEmpty();
    assertThat(send(Append.ANY_VERSION, Drafts.text(GROUP, "alice", "m")))
        .isEqualTo(new AppendResult.MembershipChanged(Membership.NO_CONVERSATION));
  }
}
