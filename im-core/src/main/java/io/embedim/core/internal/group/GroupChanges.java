package io.embedim.core.internal.group;

import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.core.KickResult;
import io.embedim.core.UpdateGroup;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.Group;
import io.embedim.spi.model.GroupChange;
import io.embedim.spi.model.Member;
import io.embedim.spi.model.MemberRole;
import io.embedim.spi.model.Membership;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Decides on the changes that a group goes through, but for who comes in: {@link JoinChanges}. */
public final class GroupChanges {

  private final GroupEvents events;

  public GroupChanges(GroupEvents events) {
    this.events = events;
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
}
