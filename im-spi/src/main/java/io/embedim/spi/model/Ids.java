package io.embedim.spi.model;

import org.jspecify.annotations.Nullable;

/**
 * The alphabets of the identifiers on the wire. All of them are ASCII, so the order of {@link
 * String#compareTo} is their byte order.
 */
public final class Ids {

  /** The longest user, group or message id, in characters. */
  public static final int MAX_LENGTH = 64;

  /** The sender of messages that no user wrote. */
  public static final String SYSTEM_USER = "system";

  private static final String RESERVED_GROUP = "group";

  private Ids() {}

  /**
   * Tells whether {@code id} may name a user of the host: 1 to 64 characters of {@code
   * A-Za-z0-9_.@-}, and neither {@code system} nor {@code group}.
   */
  public static boolean isUserId(@Nullable String id) {
    return isName(id) && !SYSTEM_USER.equals(id) && !RESERVED_GROUP.equals(id);
  }

  /** Tells whether {@code id} may name a group; the same alphabet as for users. */
  public static boolean isGroupId(@Nullable String id) {
    return isUserId(id);
  }

  /** Tells whether {@code id} may name a message: 1 to 64 characters of {@code A-Za-z0-9_.:-}. */
  public static boolean isMessageId(@Nullable String id) {
    if (id == null || id.isEmpty() || id.length() > MAX_LENGTH) {
      return false;
    }
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      if (!isAlphanumeric(c) && c != '_' && c != '.' && c != ':' && c != '-') {
        return false;
      }
    }
    return true;
  }

  static boolean isName(@Nullable String id) {
    if (id == null || id.isEmpty() || id.length() > MAX_LENGTH) {
      return false;
    }
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      if (!isAlphanumeric(c) && c != '_' && c != '.' && c != '@' && c != '-') {
        return false;
      }
    }
    return true;
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
