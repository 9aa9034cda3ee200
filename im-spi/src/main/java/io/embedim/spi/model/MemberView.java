package io.embedim.spi.model;

import org.jspecify.annotations.Nullable;

/**
 * What one of its members has to do with a conversation, without a look into its log.
 *
 * @param head the end of its log; for somebody who left it, the event that tells of it
 * @param left whether she belongs to it no more; what was logged before is still hers
 * @param cursors how far this member has come
 * @param visibleFromSeq the first entry that this member may see, 1 or more
 * @param settings what this member set
 * @param lastDeletedSeq the newest of the entries that this member deleted for herself; 0 when
 *     there are none
 * @param peer how far the other one has come; null in a group and for somebody who talks to herself
 */
public record MemberView(
    ConversationHead head,
    boolean left,
    Cursors cursors,
    long visibleFromSeq,
    ConversationSettings settings,
    long lastDeletedSeq,
    @Nullable Cursors peer) {

  public ConversationId id() {
    return head.id();
  }

  /** Entries up to here are not for this member: she joined later, or cleared them. */
  public long hiddenUpTo() {
    return Math.max(visibleFromSeq - 1, settings.clearedSeq());
  }

  /** What this member has not read lies behind this entry. */
  public long unreadAfter() {
    return Math.max(hiddenUpTo(), cursors.readSeq());
  }
}
