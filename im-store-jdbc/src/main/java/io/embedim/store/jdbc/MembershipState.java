package io.embedim.store.jdbc;

/**
 * What is said about a membership as a whole.
 *
 * @param version grows by one with each change
 * @param active whether entries are taken; false for a dismissed group
 * @param allMuted whether only the owner and admins may speak
 */
record MembershipState(long version, boolean active, boolean allMuted) {

  /** Of a conversation to which nothing happened yet. */
  static MembershipState begin(long version) {
    return new MembershipState(version, true, false);
  }

  /** One version later. */
  MembershipState next() {
    return new MembershipState(version + 1, active, allMuted);
  }

  MembershipState withAllMuted(boolean muted) {
    return new MembershipState(version, active, muted);
  }

  MembershipState dismissed() {
    return new MembershipState(version, false, allMuted);
  }
}
