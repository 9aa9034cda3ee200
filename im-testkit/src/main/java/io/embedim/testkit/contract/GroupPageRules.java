package io.embedim.testkit.contract;

import static io.embedim.testkit.contract.GroupFixture.event;
import static io.embedim.testkit.contract.GroupFixture.isChanged;
import static io.embedim.testkit.contract.GroupFixture.member;
import static io.embedim.testkit.contract.GroupFixture.newGroup;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.Cursors;
import io.embedim.spi.model.Group;
import io.embedim.spi.model.GroupChange;
import io.embedim.spi.model.Member;
import io.embedim.spi.model.MemberRole;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The pages of a group's members, and of a user's groups. */
interface GroupPageRules extends GroupFixture {

  @Test
  default void the_owner_comes_first_then_admins_then_members_each_by_id() {
    List<Member> expected =
        List.of(
            member("m", MemberRole.OWNER),
            member("B", MemberRole.ADMIN),
            member("a", MemberRole.ADMIN),
            member("z", MemberRole.ADMIN),
            member("-", MemberRole.MEMBER),
            member("0", MemberRole.MEMBER),
            member("A", MemberRole.MEMBER),
            member("Z", MemberRole.MEMBER),
            member("_", MemberRole.MEMBER),
            member("b", MemberRole.MEMBER));
    List<Member> mixed = new ArrayList<>(expected);
    Collections.reverse(mixed);
    groups().create(newGroup(GROUP), mixed, event(GROUP, "created"), NOW);

    assertThat(groups().members("g", 0, 99)).containsExactlyElementsOf(expected);
    for (int offset = 0; offset <= expected.size(); offset++) {
      assertThat(groups().members("g", offset, 3))
          .containsExactlyElementsOf(
              expected.subList(offset, Math.min(offset + 3, expected.size())));
    }
    assertThat(groups().members("g", 11, 3)).isEmpty();
    assertThat(groups().members("g", Integer.MAX_VALUE, Integer.MAX_VALUE)).isEmpty();
  }

  @Test
  default void a_new_role_has_its_place_at_once() {
    founded("bob", "carol");
    changed(new GroupChange.RoleChanged("carol", MemberRole.ADMIN), "up");
    assertThat(groups().members("g", 0, 9))
        .extracting(Member::userId)
        .containsExactly("alice", "carol", "bob");

    changed(new GroupChange.OwnerChanged("bob", MemberRole.MEMBER), "over");
    assertThat(groups().members("g", 0, 9))
        .extracting(Member::userId)
        .containsExactly("bob", "carol", "alice");
  }

  @Test
  default void a_users_groups_come_by_id_and_page_by_page() {
    List<String> ids = List.of("-x", "0", "10", "9", "G", "_", "a", "b.c", "b@c", "g");
    List<String> mixed = new ArrayList<>(ids);
    Collections.reverse(mixed);
    mixed.forEach(id -> founded(ConversationId.group(id), "bob"));
    founded(ConversationId.group("alone"));

    List<String> read = new ArrayList<>();
    String after = "";
    for (int pages = 0; pages < 20; pages++) {
      List<Group> page = groups().groupsOf("bob", after, 3);
      assertThat(page).hasSizeLessThanOrEqualTo(3);
      page.forEach(group -> read.add(group.groupId()));
      if (page.size() < 3) {
        break;
      }
      after = page.get(2).groupId();
    }

    assertThat(read).containsExactlyElementsOf(ids);
    assertThat(groups().groupsOf("bob", "aa", 99))
        .extracting(Group::groupId)
        .containsExactly("b.c", "b@c", "g");
    assertThat(groups().groupsOf("alice", "", 99)).hasSize(ids.size() + 1);
    assertThat(groups().groupsOf("stranger", "", 99)).isEmpty();
  }

  @Test
  default void dismissed_and_left_groups_take_no_place_in_a_page() {
    for (int i = 0; i < 6; i++) {
      founded(ConversationId.group("g" + i), "bob");
    }
    change("g1", new GroupChange.Dismissed());
    change("g2", new GroupChange.MembersRemoved(List.of("bob")));
    change("g4", new GroupChange.AllMuted(true));
    appended(Drafts.text(ALICE_BOB, "alice", "m1"));

    List<Group> page = groups().groupsOf("bob", "g0", 2);

    assertThat(page).extracting(Group::groupId).containsExactly("g3", "g4");
    assertThat(page.get(1)).isEqualTo(groups().find("g4").orElseThrow());
    assertThat(groups().find("g1")).get().extracting(Group::dismissed).isEqualTo(true);
  }

  @Test
  default void a_group_of_a_thousand_is_made_and_read_as_any_other() {
    List<Member> members = new ArrayList<>();
    members.add(member("alice", MemberRole.OWNER));
    IntStream.range(0, 999)
        .mapToObj(i -> member(String.format("u%04d", i), MemberRole.MEMBER))
        .forEach(members::add);

    isChanged(groups().create(newGroup(GROUP), members, event(GROUP, "created"), NOW));

    assertThat(group().memberCount()).isEqualTo(1_000);
    assertThat(membership().members()).hasSize(1_000);
    assertThat(groups().members("g", 0, 1_000)).containsExactlyElementsOf(members);
    assertThat(groups().members("g", 998, 5))
        .containsExactlyElementsOf(members.subList(998, 1_000));
    assertThat(conversations().cursors(GROUP, List.of())).hasSize(1_000);
    assertThat(conversations().cursors(GROUP, List.of("u0998", "u0999")))
        .containsOnlyKeys("u0998")
        .containsValue(Cursors.NONE);
    List<String> half = IntStream.range(0, 500).mapToObj(i -> String.format("u%04d", i)).toList();
    changed(new GroupChange.MembersRemoved(half), "half");
    assertThat(membership().members()).hasSize(500);
    assertThat(groups().membershipSince(GROUP, 1).orElseThrow().gone())
        .containsExactlyInAnyOrderElementsOf(half);
    changed(
        new GroupChange.MembersAdded(half.stream().map(GroupFixture::joining).toList()), "back");
    assertThat(group().memberCount()).isEqualTo(1_000);
    assertThat(view("u0001", GROUP).cursors()).isEqualTo(new Cursors(2, 2));
  }

  private void change(String groupId, GroupChange change) {
    ConversationId id = ConversationId.group(groupId);
    isChanged(groups().change(id, 1, change, event(id, "e"), NOW));
  }
}
