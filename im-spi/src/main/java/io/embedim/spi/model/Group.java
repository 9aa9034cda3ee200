package io.embedim.spi.model;

import org.jspecify.annotations.Nullable;

/**
 * A group, apart from its members.
 *
 * @param groupId its id
 * @param info what its owner and admins may change
 * @param ownerId who owns it
 * @param memberCount how many belong to it
 * @param allMuted whether only the owner and admins may speak
 * @param dismissed whether it was dismissed; its log can still be read
 * @param createdAt in ms since the epoch
 * @param updatedAt the time of the event of the last change of anything here but {@code
 *     memberCount}, in ms since the epoch
 */
public record Group(
    String groupId,
    Info info,
    String ownerId,
    int memberCount,
    boolean allMuted,
    boolean dismissed,
    long createdAt,
    long updatedAt) {

  /** The group with this owner and so many members. */
  public Group ownedBy(String newOwnerId, int newMemberCount) {
    return with(info, newOwnerId, newMemberCount, allMuted, dismissed, updatedAt);
  }

  /**
   * What a change makes of the group itself, apart from its members.
   *
   * @param change one that does not contradict the group
   * @param time of the event that tells of it, in ms since the epoch
   */
  public Group after(GroupChange change, long time) {
    if (change instanceof GroupChange.MembersAdded added) {
      return ownedBy(ownerId, memberCount + added.members().size());
    }
    if (change instanceof GroupChange.MembersRemoved removed) {
      return ownedBy(ownerId, memberCount - removed.userIds().size());
    }
    if (change instanceof GroupChange.OwnerChanged handed) {
      return with(info, handed.newOwnerId(), memberCount, allMuted, dismissed, time);
    }
    if (change instanceof GroupChange.InfoChanged changed) {
      return with(changed.info(), ownerId, memberCount, allMuted, dismissed, time);
    }
    if (change instanceof GroupChange.AllMuted muted) {
      return with(info, ownerId, memberCount, muted.muted(), dismissed, time);
    }
    return change instanceof GroupChange.Dismissed
        ? with(info, ownerId, memberCount, allMuted, true, time)
        : this;
  }

  private Group with(
      Info newInfo,
      String newOwnerId,
      int newMemberCount,
      boolean nowAllMuted,
      boolean nowDismissed,
      long newUpdatedAt) {
    return new Group(
        groupId,
        newInfo,
        newOwnerId,
        newMemberCount,
        nowAllMuted,
        nowDismissed,
        createdAt,
        newUpdatedAt);
  }

  /**
   * The describing fields.
   *
   * @param name 1 to 128 characters as stored; the API accepts 64
   * @param avatar a URL; null for none
   * @param announcement what members should know; null for nothing
   * @param description what the group is about; null for nothing
   * @param maxMembers 1 or more
   * @param joinMode how one becomes a member
   * @param pastVisible whether new members see what was said before they joined
   */
  public record Info(
      String name,
      @Nullable String avatar,
      @Nullable String announcement,
      @Nullable String description,
      int maxMembers,
      JoinMode joinMode,
      boolean pastVisible) {

    /** A name, for up to 500 members whom the owner and the admins bring in. */
    public static Info closed(String name) {
      return new Info(name, null, null, null, 500, JoinMode.CLOSED, false);
    }

    /** A name, for up to 500 members; whoever likes may join. */
    public static Info free(String name) {
      return new Info(name, null, null, null, 500, JoinMode.FREE, false);
    }
  }

  /** How one becomes a member. The codes are those of the wire and of the stores. */
  public enum JoinMode {
    FREE(0),
    APPROVAL(1),
    CLOSED(2);

    private final int code;

    JoinMode(int code) {
      this.code = code;
    }

    public int code() {
      return code;
    }

    /**
     * @throws IllegalArgumentException when no join mode has this code
     */
    public static JoinMode ofCode(int code) {
      for (JoinMode mode : values()) {
        if (mode.code == code) {
          return mode;
        }
      }
      throw new IllegalArgumentException("no join mode has the code " + code);
    }
  }
}
