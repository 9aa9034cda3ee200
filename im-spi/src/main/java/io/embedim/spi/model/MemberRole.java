package io.embedim.spi.model;

/** What a member may do in a group. The codes are those of the wire and of the stores. */
public enum MemberRole {
  MEMBER(0),
  ADMIN(1),
  OWNER(2);

  private final int code;

  MemberRole(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /**
   * @throws IllegalArgumentException when no role has this code
   */
  public static MemberRole ofCode(int code) {
    for (MemberRole role : values()) {
      if (role.code == code) {
        return role;
      }
    }
    throw new IllegalArgumentException("no role has the code " + code);
  }
}
