package io.embedim.store.jdbc;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.Membership;

/**
 * The end of a conversation's log while a batch is decided: locked, if the conversation exists.
 * Confined to one append.
 */
final class LogEnd {

  private final ConversationId id;
  private final boolean stored;
  private MembershipState membership;
  private long maxSeq;
  private long updatedAt;
  private int pinnedMessages;
  private boolean changed;

  private LogEnd(
      ConversationId id,
      boolean stored,
      MembershipState membership,
      long maxSeq,
      long updatedAt,
      int pinnedMessages) {
    this.id = id;
    this.stored = stored;
    this.membership = membership;
    this.maxSeq = maxSeq;
    this.updatedAt = updatedAt;
    this.pinnedMessages = pinnedMessages;
  }

  static LogEnd stored(
      ConversationId id,
      MembershipState membership,
      long maxSeq,
      long updatedAt,
      int pinnedMessages) {
    return new LogEnd(id, true, membership, maxSeq, updatedAt, pinnedMessages);
  }

  /** Of a conversation that has no row. */
  static LogEnd absent(ConversationId id) {
    long version = id.isGroup() ? Membership.NO_CONVERSATION : Membership.DIRECT_VERSION;
    return new LogEnd(id, false, MembershipState.begin(version), 0, 0, 0);
  }

  ConversationId id() {
    return id;
  }

  /** Whether it has a row. */
  boolean isStored() {
    return stored;
  }

  /** Whether an entry can be logged at all: a group has to be there before, and still. */
  boolean takesEntries() {
    return membership.active() && (stored || !id.isGroup());
  }

  long version() {
    return membership.version();
  }

  MembershipState membership() {
    return membership;
  }

  void changeMembership(MembershipState state) {
    membership = state;
  }

  long maxSeq() {
    return maxSeq;
  }

  long updatedAt() {
    return updatedAt;
  }

  int pinnedMessages() {
    return pinnedMessages;
  }

  /** Whether the batch logged anything here. */
  boolean isChanged() {
    return changed;
  }

  /**
   * Gives out the next sequence; {@link #updatedAt} is then its time, never before the last one.
   */
  long next(long now) {
    updatedAt = nextTime(now);
    maxSeq++;
    changed = true;
    return maxSeq;
  }

  /** The time that the next entry is stamped with. */
  long nextTime(long now) {
    return maxSeq == 0 ? now : Math.max(updatedAt, now);
  }

  void countPin(boolean pinned) {
    pinnedMessages += pinned ? 1 : -1;
  }
}
