package io.embedim.spi.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One change of a group. It is committed together with the event that tells of it, or not at all.
 */
public sealed interface GroupChange {

  /** Members come in; those who already belong to the group make the change fail as a whole. */
  record MembersAdded(List<Member> members) implements GroupChange {
    public MembersAdded {
      members = List.copyOf(members);
    }
  }

  /** Members leave or are kicked. Their cursors and settings are kept for their return. */
  record MembersRemoved(List<String> userIds) implements GroupChange {
    public MembersRemoved {
      userIds = List.copyOf(userIds);
    }
  }

  /** A member becomes an admin, or one no longer. */
  record RoleChanged(String userId, MemberRole role) implements GroupChange {}

  /** The owner hands the group over and stays as {@code formerOwnerRole}. */
  record OwnerChanged(String newOwnerId, MemberRole formerOwnerRole) implements GroupChange {}

  /** A member may not speak until {@code mutedUntil} (ms since the epoch); 0 lifts it. */
  record MemberMuted(String userId, long mutedUntil) implements GroupChange {}

  /** Only the owner and admins may speak, or everybody again. */
  record AllMuted(boolean muted) implements GroupChange {}

  /** A member's name in the group; null removes it. */
  record NicknameChanged(String userId, @Nullable String nickname) implements GroupChange {}

  /** The describing fields are replaced. */
  record InfoChanged(Group.Info info) implements GroupChange {}

  /** The group ends. Its log stays readable. */
  record Dismissed() implements GroupChange {}
}
