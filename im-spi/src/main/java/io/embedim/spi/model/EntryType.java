package io.embedim.spi.model;

/** What a logged entry is. The codes are those of the wire and of the stores; they never change. */
public enum EntryType {
  SINGLE_CHAT(1, Kind.MESSAGE),
  GROUP_CHAT(2, Kind.MESSAGE),
  SYSTEM(3, Kind.MESSAGE),
  GROUP_CREATED(10, Kind.EVENT),
  GROUP_MEMBER_JOIN(11, Kind.EVENT),
  GROUP_MEMBER_LEAVE(12, Kind.EVENT),
  GROUP_MEMBER_KICKED(13, Kind.EVENT),
  GROUP_DISMISSED(14, Kind.EVENT),
  GROUP_INFO_UPDATE(15, Kind.EVENT),
  GROUP_ADMIN_CHANGE(16, Kind.EVENT),
  GROUP_MUTE(17, Kind.EVENT),
  GROUP_TRANSFER(18, Kind.EVENT),
  REVOKE(22, Kind.REVISION),
  EDIT(24, Kind.REVISION),
  REACTION(25, Kind.REVISION),
  PIN(26, Kind.REVISION);

  /** How an entry counts towards what a conversation shows. */
  public enum Kind {
    /** Somebody said something: it is shown, it can be unread, it can be revised. */
    MESSAGE,
    /** The group changed: it is shown as a line, it is never unread. */
    EVENT,
    /** An earlier message changed: it is not shown itself. */
    REVISION
  }

  private final int code;
  private final Kind kind;

  EntryType(int code, Kind kind) {
    this.code = code;
    this.kind = kind;
  }

  public int code() {
    return code;
  }

  public Kind kind() {
    return kind;
  }

  /**
   * @throws IllegalArgumentException when no entry has this code
   */
  public static EntryType ofCode(int code) {
    for (EntryType type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    throw new IllegalArgumentException("no logged entry has the code " + code);
  }
}
