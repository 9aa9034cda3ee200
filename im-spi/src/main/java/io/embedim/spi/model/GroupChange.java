package io.embedim.spi.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One change of a group. It is committed together with the event that tells of it, or not at all.
 *
 * <p>Whoever decides on a change knows the membership that it applies to. One that contradicts it
 * (adds a member, changes or removes a stranger, makes a second owner) is a mistake in the program,
 * for which a store throws {@link IllegalArgumentException} and writes nothing.
 */
public sealed interface GroupChange {

  /**
   * Members come in, or come back with the settings that they had. Their cursors begin right before
   * the event, so that nothing older is unread. Whoever was muted when she left is muted until the
   * later of the two times, so that nobody speaks sooner by leaving. Their open requests to join
   * are closed.
   *
   * @param members one or more who do not belong to the group; {@link Member#FROM_JOINING} is
   *     allowed
   */
  record MembersAdded(List<Member> members) implements GroupChange {
    public MembersAdded {
      members = List.copyOf(members);
    }
  }

  /**
   * Members leave or are kicked. Their cursors and settings are kept for their return.
   *
   * @param userIds one or more who belong to the group; not the owner
   */
  record MembersRemoved(List<String> userIds) implements GroupChange {
    public MembersRemoved {
      userIds = List.copyOf(userIds);
    }
  }

  /**
   * A member becomes an admin, or one no longer.
   *
   * @param role not {@link MemberRole#OWNER}
   */
  record RoleChanged(String userId, MemberRole role) implements GroupChange {}

  /**
   * The owner hands the group over and stays.
   *
   * @param newOwnerId a member
   * @param formerOwnerRole what the former owner is from now on; not {@link MemberRole#OWNER}
   */
  record OwnerChanged(String newOwnerId, MemberRole formerOwnerRole) implements GroupChange {}

  /** A member may not speak until {@code mutedUntil} (ms since the epoch); 0 lifts it. */
  record MemberMuted(String userId, long mutedUntil) implements GroupChange {}

  /** Only the owner and admins may speak, or everybody again. */
  record AllMuted(boolean muted) implements GroupChange {}

  /** A member's name in the group; null removes it. */
  record NicknameChanged(String userId, @Nullable String nickname) implements GroupChange {}

  /** The describing fields are replaced. */
  record InfoChanged(Group.Info info) implements GroupChange {}

  /** The group ends: it takes no entry after this event. Its log stays readable to its members. */
  record Dismissed() implements GroupChange {}
}
