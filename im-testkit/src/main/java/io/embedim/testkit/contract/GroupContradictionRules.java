package io.embedim.testkit.contract;

import static io.embedim.testkit.contract.GroupFixture.joining;
import static io.embedim.testkit.contract.GroupFixture.member;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.embedim.spi.model.GroupChange;
import io.embedim.spi.model.GroupChange.AllMuted;
import io.embedim.spi.model.GroupChange.Dismissed;
import io.embedim.spi.model.GroupChange.InfoChanged;
import io.embedim.spi.model.GroupChange.MemberMuted;
import io.embedim.spi.model.GroupChange.MembersAdded;
import io.embedim.spi.model.GroupChange.MembersRemoved;
import io.embedim.spi.model.GroupChange.NicknameChanged;
import io.embedim.spi.model.GroupChange.OwnerChanged;
import io.embedim.spi.model.GroupChange.RoleChanged;
import io.embedim.spi.model.MemberRole;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Changes that cannot be, which are mistakes of the program: each ends in an exception. */
interface GroupContradictionRules extends GroupFixture {

  @Test
  default void who_belongs_to_the_group_cannot_come_in() {
    isRefused(
        new MembersAdded(List.of(joining("bob"))),
        new MembersAdded(List.of(joining("new"), joining("alice"))),
        new MembersAdded(List.of(joining("new"), joining("new"))),
        new MembersAdded(List.of()));
  }

  @Test
  default void a_second_owner_cannot_come_in() {
    isRefused(new MembersAdded(List.of(joining("new"), member("other", MemberRole.OWNER))));
  }

  @Test
  default void who_does_not_belong_to_the_group_cannot_go() {
    isRefused(
        new MembersRemoved(List.of("stranger")),
        new MembersRemoved(List.of("former")),
        new MembersRemoved(List.of("bob", "stranger")),
        new MembersRemoved(List.of("bob", "bob")),
        new MembersRemoved(List.of("Bob")),
        new MembersRemoved(List.of()));
  }

  @Test
  default void the_owner_cannot_go() {
    isRefused(new MembersRemoved(List.of("alice")), new MembersRemoved(List.of("bob", "alice")));
  }

  @Test
  default void nobody_becomes_the_owner_or_loses_the_group_by_a_change_of_roles() {
    isRefused(
        new RoleChanged("bob", MemberRole.OWNER),
        new RoleChanged("alice", MemberRole.OWNER),
        new RoleChanged("alice", MemberRole.ADMIN),
        new RoleChanged("alice", MemberRole.MEMBER));
  }

  @Test
  default void a_group_is_handed_over_to_another_member_only() {
    isRefused(
        new OwnerChanged("stranger", MemberRole.MEMBER),
        new OwnerChanged("former", MemberRole.MEMBER),
        new OwnerChanged("alice", MemberRole.MEMBER),
        new OwnerChanged("bob", MemberRole.OWNER));
  }

  @Test
  default void nothing_changes_about_somebody_who_does_not_belong_to_the_group() {
    for (String nobody : List.of("stranger", "former", "Bob")) {
      isRefused(
          new RoleChanged(nobody, MemberRole.ADMIN),
          new MemberMuted(nobody, 5),
          new NicknameChanged(nobody, "n"));
    }
  }

  @Test
  default void a_dismissed_group_does_not_change() {
    founded("bob", "former");
    removed("former");
    changed(new Dismissed(), "end");

    refusals(
        new Dismissed(),
        new AllMuted(true),
        new InfoChanged(INFO),
        new MemberMuted("bob", 5),
        new MembersAdded(List.of(joining("new"))),
        new MembersRemoved(List.of("bob")),
        new OwnerChanged("bob", MemberRole.MEMBER));
  }

  private void isRefused(GroupChange... changes) {
    if (groups().find("g").isEmpty()) {
      founded("bob", "carol", "former");
      removed("former");
    }
    refusals(changes);
  }

  private void refusals(GroupChange... changes) {
    Object before = everything();
    for (GroupChange change : changes) {
      assertThatIllegalArgumentException()
          .as("%s", change)
          .isThrownBy(() -> change(version(), change, "refused"));
      assertThat(everything()).as("%s", change).isEqualTo(before);
    }
  }

  private Object everything() {
    List<String> people = List.of("alice", "bob", "carol", "former", "new", "stranger");
    return List.of(
        group(),
        membership(),
        log(GROUP),
        conversations().cursors(GROUP, List.of()),
        people.stream().map(user -> conversations().memberViews(user, List.of(GROUP))).toList(),
        people.stream().map(user -> Map.of(user, groups().groupsOf(user, "", 9))).toList());
  }
}
