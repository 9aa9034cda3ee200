package io.embedim.core;

/** What became of the wish to join a group. */
public enum JoinResult {
  /** The user belongs to it. */
  JOINED,
  /** The group's owner and admins were asked. */
  PENDING
}
