package io.embedim.core.memory;

import io.embedim.spi.model.Group;
import io.embedim.spi.model.GroupChange;
import io.embedim.spi.model.Member;
import io.embedim.spi.model.MemberRole;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a change makes of a group. Pure: it reads the group and its members, and writes nothing.
 *
 * @param group what it is then
 * @param members who is a member otherwise than before, or was none
 * @param removed who belongs to it no more
 */
record GroupEffect(Group group, List<Member> members, List<String> removed) {

  /**
   * Looks up what a change does.
   *
   * @param lookup the member with this user id; null for everybody else
   * @param now the time of the event that tells of it
   * @throws IllegalArgumentException when the change contradicts the group
   */
  static GroupEffect of(
      GroupChange change, Group group, Function<String, @Nullable Member> lookup, long now) {
    require(!group.dismissed(), "the group was dismissed");
    Group after = group.after(change, now);
    if (change instanceof GroupChange.MembersAdded added) {
      return added(after, added.members(), lookup);
    }
    if (change instanceof GroupChange.MembersRemoved removed) {
      return removed(after, removed.userIds(), lookup);
    }
    if (change instanceof GroupChange.OwnerChanged handed) {
      return handedOver(group, after, handed, lookup);
    }
    if (change instanceof GroupChange.RoleChanged changed) {
      Member member = member(lookup, changed.userId());
      require(member.role() != MemberRole.OWNER, "the owner's role does not change");
      require(changed.role() != MemberRole.OWNER, "a change of roles makes no owner");
      return of(after, member.withRole(changed.role()));
    }
    if (change instanceof GroupChange.MemberMuted muted) {
      Member member = member(lookup, muted.userId());
      return of(after, member.withMutedUntil(muted.mutedUntil()));
    }
    if (change instanceof GroupChange.NicknameChanged named) {
      Member member = member(lookup, named.userId());
      return of(after, member.withNickname(named.nickname()));
    }
    return of(after);
  }

  /**
   * The members with whom a group begins.
   *
   * @throws IllegalArgumentException when they are not a group
   */
  static GroupEffect created(Group group, List<Member> members) {
    distinct(members.stream().map(Member::userId).toList());
    List<Member> owners =
        members.stream().filter(member -> member.role() == MemberRole.OWNER).toList();
    require(owners.size() == 1, "a group has one owner, not " + owners.size());
    return new GroupEffect(
        group.ownedBy(owners.get(0).userId(), members.size()), members, List.of());
  }

  private static GroupEffect of(Group group, Member... members) {
    return new GroupEffect(group, List.of(members), List.of());
  }

  private static GroupEffect added(
      Group after, List<Member> members, Function<String, @Nullable Member> lookup) {
    require(!members.isEmpty(), "nobody comes in");
    distinct(members.stream().map(Member::userId).toList());
    for (Member member : members) {
      require(lookup.apply(member.userId()) == null, "somebody belongs to the group already");
      require(member.role() != MemberRole.OWNER, "the group has an owner");
    }
    return new GroupEffect(after, members, List.of());
  }

  private static GroupEffect removed(
      Group after, List<String> userIds, Function<String, @Nullable Member> lookup) {
    require(!userIds.isEmpty(), "nobody goes");
    distinct(userIds);
    for (String userId : userIds) {
      require(member(lookup, userId).role() != MemberRole.OWNER, "the owner cannot go");
    }
    return new GroupEffect(after, List.of(), userIds);
  }

  private static GroupEffect handedOver(
      Group group,
      Group after,
      GroupChange.OwnerChanged handed,
      Function<String, @Nullable Member> lookup) {
    Member next = member(lookup, handed.newOwnerId());
    require(next.role() != MemberRole.OWNER, "the group is this user's already");
    require(handed.formerOwnerRole() != MemberRole.OWNER, "a group has one owner, not 2");
    Member former = member(lookup, group.ownerId()).withRole(handed.formerOwnerRole());
    return of(after, next.withRole(MemberRole.OWNER), former);
  }

  private static Member member(Function<String, @Nullable Member> lookup, String userId) {
    Member member = lookup.apply(userId);
    if (member == null) {
      throw new IllegalArgumentException("somebody does not belong to the group");
    }
    return member;
  }

  private static void distinct(Collection<String> userIds) {
    Set<String> seen = new HashSet<>();
    for (String userId : userIds) {
      require(seen.add(userId), "somebody is named twice");
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
