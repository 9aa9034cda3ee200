package io.embedim.spi.model;

import org.jspecify.annotations.Nullable;

/**
 * A conversation as one of its members sees it.
 *
 * @param head the end of its log
 * @param cursors how far this member has come
 * @param visibleFromSeq the first entry that this member may see, 1 or more
 * @param settings what this member set
 * @param unreadCount messages after the read cursor that are visible to this member, not her own,
 *     not revoked, not expired and not deleted by her
 * @param lastMessage the newest message or group event that is visible to this member: after {@link
 *     #hiddenUpTo()}, not expired and not deleted by her. A revoked one counts, as what is left of
 *     it. Null when there is none
 * @param peer how far the other one has come; null in a group and for somebody who talks to herself
 */
public record ConversationView(
    ConversationHead head,
    Cursors cursors,
    long visibleFromSeq,
    ConversationSettings settings,
    long unreadCount,
    @Nullable LogEntry lastMessage,
    @Nullable Cursors peer) {

  public ConversationId id() {
    return head.id();
  }

  /** Entries up to here are not for this member: she joined later, or cleared them. */
  public long hiddenUpTo() {
    return Math.max(visibleFromSeq - 1, settings.clearedSeq());
  }
}
