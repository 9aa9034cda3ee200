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
    if (change instanceof GroupChange.MembersAdded added) {
      return added(group, added.members(), lookup);
    }
    if (change instanceof GroupChange.MembersRemoved removed) {
      return removed(group, removed.userIds(), lookup);
    }
    if (change instanceof GroupChange.OwnerChanged handed) {
      return handedOver(group, handed, lookup, now);
    }
    if (change instanceof GroupChange.RoleChanged changed) {
      Member member = member(lookup, changed.userId());
      require(member.role() != MemberRole.OWNER, "the owner's role does not change");
      require(changed.role() != MemberRole.OWNER, "a change of roles makes no owner");
      return of(group, withRole(member, changed.role()));
    }
    if (change instanceof GroupChange.MemberMuted muted) {
      Member member = member(lookup, muted.userId());
      return of(group, with(member, member.role(), member.nickname(), muted.mutedUntil()));
    }
    if (change instanceof GroupChange.NicknameChanged named) {
      Member member = member(lookup, named.userId());
      return of(group, with(member, member.role(), named.nickname(), member.mutedUntil()));
    }
    if (change instanceof GroupChange.AllMuted muted) {
      return of(with(group, group.info(), group.ownerId(), muted.muted(), false, now));
    }
    if (change instanceof GroupChange.InfoChanged changed) {
      return of(with(group, changed.info(), group.ownerId(), group.allMuted(), false, now));
    }
    return of(with(group, group.info(), group.ownerId(), group.allMuted(), true, now));
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
    Group created =
        with(
            group,
            group.info(),
            owners.get(0).userId(),
            group.allMuted(),
            group.dismissed(),
            group.updatedAt());
    return new GroupEffect(withCount(created, members.size()), members, List.of());
  }

  private static GroupEffect of(Group group, Member... members) {
    return new GroupEffect(group, List.of(members), List.of());
  }

  private static GroupEffect added(
      Group group, List<Member> members, Function<String, @Nullable Member> lookup) {
    require(!members.isEmpty(), "nobody comes in");
    distinct(members.stream().map(Member::userId).toList());
    for (Member member : members) {
      require(lookup.apply(member.userId()) == null, "somebody belongs to the group already");
      require(member.role() != MemberRole.OWNER, "the group has an owner");
    }
    return new GroupEffect(
        withCount(group, group.memberCount() + members.size()), members, List.of());
  }

  private static GroupEffect removed(
      Group group, List<String> userIds, Function<String, @Nullable Member> lookup) {
    require(!userIds.isEmpty(), "nobody goes");
    distinct(userIds);
    for (String userId : userIds) {
      require(member(lookup, userId).role() != MemberRole.OWNER, "the owner cannot go");
    }
    return new GroupEffect(
        withCount(group, group.memberCount() - userIds.size()), List.of(), userIds);
  }

  private static GroupEffect handedOver(
      Group group,
      GroupChange.OwnerChanged handed,
      Function<String, @Nullable Member> lookup,
      long now) {
    Member next = member(lookup, handed.newOwnerId());
    require(next.role() != MemberRole.OWNER, "the group is this user's already");
    require(handed.formerOwnerRole() != MemberRole.OWNER, "a group has one owner, not 2");
    Member former = withRole(member(lookup, group.ownerId()), handed.formerOwnerRole());
    return of(
        with(group, group.info(), next.userId(), group.allMuted(), false, now),
        withRole(next, MemberRole.OWNER),
        former);
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

  private static Member withRole(Member member, MemberRole role) {
    return with(member, role, member.nickname(), member.mutedUntil());
  }

  private static Member with(
      Member member, MemberRole role, @Nullable String nickname, long mutedUntil) {
    return new Member(
        member.userId(),
        role,
        nickname,
        mutedUntil,
        member.joinedAt(),
        member.invitedBy(),
        member.visibleFromSeq());
  }

  private static Group withCount(Group group, int memberCount) {
    return new Group(
        group.groupId(),
        group.info(),
        group.ownerId(),
        memberCount,
        group.allMuted(),
        group.dismissed(),
        group.createdAt(),
        group.updatedAt());
  }

  private static Group with(
      Group group,
      Group.Info info,
      String ownerId,
      boolean allMuted,
      boolean dismissed,
      long updatedAt) {
    return new Group(
        group.groupId(),
        info,
        ownerId,
        group.memberCount(),
        allMuted,
        dismissed,
        group.createdAt(),
        updatedAt);
  }
}
