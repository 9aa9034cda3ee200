package io.embedim.core;

import java.util.Locale;

/**
 * What can be refused, and how. The numbers are HTTP status × 100 plus the position among the
 * reasons of that status; they never change.
 */
public enum ImError {
  MALFORMED_FRAME(40001),
  UNKNOWN_TYPE(40002),
  UNKNOWN_METHOD(40003),
  INVALID_ARGUMENT(40004),
  CONTENT_TOO_LARGE(40005),

  UNAUTHENTICATED(40101),
  TOKEN_EXPIRED(40102),

  NOT_MEMBER(40301),
  NOT_GROUP_ADMIN(40302),
  NOT_GROUP_OWNER(40303),
  CANNOT_KICK_OWNER(40304),
  OWNER_MUST_TRANSFER(40305),
  MUTED(40306),
  BLOCKED(40307),
  NOT_SENDER(40308),
  REVOKE_WINDOW_PASSED(40309),
  EDIT_WINDOW_PASSED(40310),
  JOIN_CLOSED(40311),
  FILE_ACCESS_DENIED(40312),
  REJECTED_BY_HOST(40313),

  CONVERSATION_NOT_FOUND(40401),
  MESSAGE_NOT_FOUND(40402),
  GROUP_NOT_FOUND(40403),
  USER_NOT_FOUND(40404),
  FILE_NOT_FOUND(40405),
  UPLOAD_NOT_FOUND(40406),
  JOIN_REQUEST_NOT_FOUND(40407),

  MESSAGE_ID_TAKEN(40901),
  ALREADY_MEMBER(40902),
  GROUP_DISMISSED(40903),
  GROUP_EXISTS(40904),

  FILE_TOO_LARGE(41301),
  FILE_TYPE_NOT_ALLOWED(41501),
  GROUP_FULL(42201),
  RATE_LIMITED(42901),
  INTERNAL(50001),
  UNAVAILABLE(50301);

  private final int code;
  private final String reason;

  ImError(int code) {
    this.code = code;
    this.reason = name().toLowerCase(Locale.ROOT);
  }

  /** The number on the wire. */
  public int code() {
    return code;
  }

  /** The stable name on the wire, in snake_case. */
  public String reason() {
    return reason;
  }

  public int httpStatus() {
    return code / 100;
  }
}
