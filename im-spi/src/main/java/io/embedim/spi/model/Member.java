package io.embedim.spi.model;

import org.jspecify.annotations.Nullable;

/**
 * A member of a conversation.
 *
 * @param userId who
 * @param role what she may do; {@link MemberRole#MEMBER} in a one-to-one conversation
 * @param nickname her name in the group, at most 64 characters; null when she has none
 * @param mutedUntil until when she may not speak, in ms since the epoch; 0 when she may
 * @param joinedAt since when she is a member, in ms since the epoch; 0 when unknown
 * @param invitedBy who brought her in; null when she came by herself
 * @param visibleFromSeq the first entry that she may see, 1 or more; {@link #FROM_JOINING} only in
 *     a change that is not committed yet
 */
public record Member(
    String userId,
    MemberRole role,
    @Nullable String nickname,
    long mutedUntil,
    long joinedAt,
    @Nullable String invitedBy,
    long visibleFromSeq) {

  /**
   * As {@code visibleFromSeq} of somebody who comes into a group: from the event that tells of it,
   * whose sequence only the commit knows. The store puts that in its place.
   */
  public static final long FROM_JOINING = 0;

  /**
   * As {@code mutedUntil} of a side of a one-to-one conversation: for good, because the other side
   * has blocked her.
   */
  public static final long BLOCKED = Long.MAX_VALUE;

  /** A side of a one-to-one conversation. */
  public static Member ofDirect(String userId) {
    return new Member(userId, MemberRole.MEMBER, null, 0, 0, null, 1);
  }

  /** The member with another role. */
  public Member withRole(MemberRole newRole) {
    return with(newRole, nickname, mutedUntil, visibleFromSeq);
  }

  /** The member with another name in the group; null removes it. */
  public Member withNickname(@Nullable String newNickname) {
    return with(role, newNickname, mutedUntil, visibleFromSeq);
  }

  /** The member silenced until another time, in ms since the epoch; 0 for not at all. */
  public Member withMutedUntil(long newMutedUntil) {
    return with(role, nickname, newMutedUntil, visibleFromSeq);
  }

  /** With this entry in the place of {@link #FROM_JOINING}; otherwise as she is. */
  public Member joinedWith(long eventSeq) {
    return visibleFromSeq == FROM_JOINING ? with(role, nickname, mutedUntil, eventSeq) : this;
  }

  private Member with(
      MemberRole newRole,
      @Nullable String newNickname,
      long newMutedUntil,
      long newVisibleFromSeq) {
    return new Member(
        userId, newRole, newNickname, newMutedUntil, joinedAt, invitedBy, newVisibleFromSeq);
  }
}
