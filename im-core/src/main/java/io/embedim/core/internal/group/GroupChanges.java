package io.embedim.core.internal.group;

import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.core.InvitePolicy;
import io.embedim.core.JoinResult;
import io.embedim.core.KickResult;
import io.embedim.core.UpdateGroup;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.Group;
import io.embedim.spi.model.GroupChange;
import io.embedim.spi.model.JoinRequest;
import io.embedim.spi.model.Member;
import io.embedim.spi.model.MemberRole;
import io.embedim.spi.model.Membership;
import io.embedim.spi.store.GroupStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Decides on each of the changes that a group can go through. */
public final class GroupChanges {

  private final GroupStore store;
  private final GroupEvents events;
  private final InvitePolicy invitePolicy;
  private final Clock clock;

  public GroupChanges(
      GroupStore store, GroupEvents events, InvitePolicy invitePolicy, Clock clock) {
    this.store = store;
    this.events = events;
    this.invitePolicy = invitePolicy;
    this.clock = clock;
  }

  /** The user joins by herself, or has to ask. */
  public GroupStep<JoinResult> join(Group group, Membership membership, String userId) {
    if (membership.member(userId) != null) {
      throw new ImException(ImError.ALREADY_MEMBER, "you belong to the group already");
    }
    if (!membership.active()) {
      throw GroupRules.noGroup();
    }
    return switch (group.info().joinMode()) {
      case FREE -> {
        GroupRules.room(group, membership, 1);
        yield GroupStep.change(
            JoinResult.JOINED,
            added(group, List.of(userId), null),
            events.about(EntryType.GROUP_MEMBER_JOIN, group.groupId(), userId, List.of(userId)));
      }
      case APPROVAL -> {
        GroupRules.room(group, membership, 1);
        yield GroupStep.done(JoinResult.PENDING);
      }
      case CLOSED ->
          throw new ImException(ImError.JOIN_CLOSED, "the group takes members by invitation only");
    };
  }

  /** Somebody brings users in, who are users of the host; those who belong to it are left out. */
  public GroupStep<List<String>> invite(
      Group group, Membership membership, String userId, Collection<String> userIds) {
    MemberRole role = GroupRules.role(membership, userId);
    if (role == MemberRole.MEMBER && !membersInvite(group)) {
      throw new ImException(
          ImError.NOT_GROUP_ADMIN, "only the owner and the admins may invite to this group");
    }
    List<String> invited =
        userIds.stream().distinct().filter(id -> membership.member(id) == null).toList();
    if (invited.isEmpty()) {
      throw new ImException(ImError.ALREADY_MEMBER, "all of them belong to the group already");
    }
    GroupRules.room(group, membership, invited.size());
    return GroupStep.change(
        invited,
        added(group, invited, userId),
        events.about(EntryType.GROUP_MEMBER_JOIN, group.groupId(), userId, invited));
  }

  private boolean membersInvite(Group group) {
    return switch (invitePolicy) {
      case BY_JOIN_MODE -> group.info().joinMode() == Group.JoinMode.FREE;
      case MEMBERS -> true;
      case ADMINS -> false;
    };
  }

  /**
   * @throws ImException for whoever is neither the owner nor an admin
   */
  public void requireAdmin(Membership membership, String userId) {
    var unused = GroupRules.adminRole(membership, userId);
  }

  /**
   * A request that is open.
   *
   * @throws ImException {@code join_request_not_found}
   */
  public JoinRequest openRequest(String groupId, String requestId) {
    return store
        .findRequest(requestId, clock.millis())
        .filter(request -> request.groupId().equals(groupId))
        .orElseThrow(
            () ->
                new ImException(
                    ImError.JOIN_REQUEST_NOT_FOUND, "there is no such open request to join"));
  }

  /** Somebody who may lets in a user who asked. */
  public GroupStep<Boolean> approve(
      Group group, Membership membership, String userId, String requestId) {
    requireAdmin(membership, userId);
    String applicant = openRequest(group.groupId(), requestId).userId();
    if (membership.member(applicant) != null) {
      return GroupStep.done(false);
    }
    GroupRules.room(group, membership, 1);
    return GroupStep.change(
        true,
        added(group, List.of(applicant), null),
        events.about(EntryType.GROUP_MEMBER_JOIN, group.groupId(), userId, List.of(applicant)));
  }

  public GroupStep<Boolean> leave(Group group, Membership membership, String userId) {
    if (GroupRules.role(membership, userId) == MemberRole.OWNER) {
      throw new ImException(
          ImError.OWNER_MUST_TRANSFER, "hand the group over before you leave, or dismiss it");
    }
    return GroupStep.change(
        true,
        new GroupChange.MembersRemoved(List.of(userId)),
        events.about(EntryType.GROUP_MEMBER_LEAVE, group.groupId(), userId, List.of(userId)));
  }

  /**
   * Removes those who may be removed.
   *
   * @throws ImException why the first one may not, when none of them may
   */
  public GroupStep<KickResult> kick(
      Group group, Membership membership, String userId, Collection<String> targetIds) {
    MemberRole role = GroupRules.adminRole(membership, userId);
    List<String> kicked = new ArrayList<>();
    Map<String, ImError> refused = new LinkedHashMap<>();
    ImException first = null;
    for (String targetId : targetIds) {
      try {
        if (targetId.equals(userId)) {
          throw new ImException(
              ImError.INVALID_ARGUMENT, "nobody can kick herself, but everybody can leave");
        }
        Member target = GroupRules.target(membership, targetId);
        GroupRules.above(role, target, ImError.CANNOT_KICK_OWNER);
        kicked.add(targetId);
      } catch (ImException e) {
        refused.put(targetId, e.error());
        first = first == null ? e : first;
      }
    }
    if (kicked.isEmpty() && first != null) {
      throw first;
    }
    return GroupStep.change(
        new KickResult(kicked, refused),
        new GroupChange.MembersRemoved(kicked),
        events.about(EntryType.GROUP_MEMBER_KICKED, group.groupId(), userId, kicked));
  }

  public GroupStep<Boolean> dismiss(Group group, Membership membership, String userId) {
    GroupRules.owner(membership, userId);
    return GroupStep.change(
        true,
        new GroupChange.Dismissed(),
        events.about(EntryType.GROUP_DISMISSED, group.groupId(), userId, List.of()));
  }

  /**
   * @param role {@link MemberRole#ADMIN} or {@link MemberRole#MEMBER}
   */
  public GroupStep<Boolean> setRole(
      Group group, Membership membership, String userId, String targetId, MemberRole role) {
    GroupRules.owner(membership, userId);
    Member target = GroupRules.target(membership, targetId);
    if (target.role() == MemberRole.OWNER) {
      throw new ImException(ImError.INVALID_ARGUMENT, "the owner hands the group over instead");
    }
    if (target.role() == role) {
      return GroupStep.done(false);
    }
    return GroupStep.change(
        true,
        new GroupChange.RoleChanged(targetId, role),
        events.about(
            EntryType.GROUP_ADMIN_CHANGE,
            group.groupId(),
            userId,
            List.of(targetId),
            Map.of("role", role.code())));
  }

  public GroupStep<Boolean> transfer(
      Group group, Membership membership, String userId, String newOwnerId) {
    GroupRules.owner(membership, userId);
    Member target = GroupRules.target(membership, newOwnerId);
    if (target.role() == MemberRole.OWNER) {
      throw new ImException(ImError.INVALID_ARGUMENT, "the group is this user's already");
    }
    return GroupStep.change(
        true,
        new GroupChange.OwnerChanged(newOwnerId, MemberRole.MEMBER),
        events.about(EntryType.GROUP_TRANSFER, group.groupId(), userId, List.of(newOwnerId)));
  }

  /**
   * @param mutedUntil in ms since the epoch; 0 lets her speak again
   */
  public GroupStep<Boolean> mute(
      Group group, Membership membership, String userId, String targetId, long mutedUntil) {
    MemberRole role = GroupRules.adminRole(membership, userId);
    Member target = GroupRules.target(membership, targetId);
    GroupRules.above(role, target, ImError.INVALID_ARGUMENT);
    if (target.mutedUntil() == mutedUntil) {
      return GroupStep.done(false);
    }
    return GroupStep.change(
        true,
        new GroupChange.MemberMuted(targetId, mutedUntil),
        events.about(
            EntryType.GROUP_MUTE,
            group.groupId(),
            userId,
            List.of(targetId),
            Map.of("mute_until", mutedUntil)));
  }

  public GroupStep<Boolean> muteAll(
      Group group, Membership membership, String userId, boolean muted) {
    GroupRules.adminRole(membership, userId);
    if (membership.allMuted() == muted) {
      return GroupStep.done(false);
    }
    return GroupStep.change(
        true,
        new GroupChange.AllMuted(muted),
        events.about(
            EntryType.GROUP_MUTE, group.groupId(), userId, List.of(), Map.of("mute_all", muted)));
  }

  /**
   * @param nickname null for none
   */
  public GroupStep<Boolean> nickname(
      Group group, Membership membership, String userId, @Nullable String nickname) {
    GroupRules.role(membership, userId);
    Member member = GroupRules.target(membership, userId);
    if (Objects.equals(member.nickname(), nickname)) {
      return GroupStep.done(false);
    }
    return GroupStep.change(
        true,
        new GroupChange.NicknameChanged(userId, nickname),
        events.updated(group.groupId(), userId, "nickname", member.nickname(), nickname));
  }

  /** Changes one field after the other, because an event tells of one. */
  public GroupStep<Group> update(
      Group group, Membership membership, String userId, UpdateGroup wanted) {
    GroupRules.adminRole(membership, userId);
    Integer maxMembers = wanted.maxMembers();
    if (maxMembers != null && maxMembers < membership.members().size()) {
      throw new ImException(
          ImError.INVALID_ARGUMENT,
          "max_members is "
              + maxMembers
              + ", but the group has "
              + membership.members().size()
              + " members");
    }
    for (GroupField field : GroupField.values()) {
      Group.Info changed = field.in(group.info(), wanted);
      if (!changed.equals(group.info())) {
        return new GroupStep<>(
            group,
            new GroupChange.InfoChanged(changed),
            events.updated(
                group.groupId(),
                userId,
                field.wireName(),
                field.shown(group.info()),
                field.shown(changed)),
            true);
      }
    }
    return GroupStep.done(group);
  }

  private GroupChange added(Group group, List<String> userIds, @Nullable String invitedBy) {
    long now = clock.millis();
    long from = group.info().pastVisible() ? 1 : Member.FROM_JOINING;
    return new GroupChange.MembersAdded(
        userIds.stream()
            .map(id -> new Member(id, MemberRole.MEMBER, null, 0, now, invitedBy, from))
            .toList());
  }
}
