package io.embedim.core;

/** Who may bring users into a group. Its owner and admins always may. */
public enum InvitePolicy {
  /** Every member in a group that is free to join, nobody else in the others. */
  BY_JOIN_MODE,
  /** Every member. */
  MEMBERS,
  /** Nobody else. */
  ADMINS
}
