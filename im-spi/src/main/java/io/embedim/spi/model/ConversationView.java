package io.embedim.spi.model;

import org.jspecify.annotations.Nullable;

/**
 * A conversation as one of its members sees it.
 *
 * @param member what does not depend on what the log says
 * @param unreadCount messages after the read cursor that are visible to this member, not her own,
 *     not revoked, not expired and not deleted by her
 * @param mentionSeq the first of the unread messages that {@linkplain LogEntry#mentions mentions}
 *     this member; 0 when none does
 * @param lastMessage the newest message or group event that is visible to this member: after {@link
 *     MemberView#hiddenUpTo()}, not expired and not deleted by her. A revoked one counts, as what
 *     is left of it. Null when there is none
 */
public record ConversationView(
    MemberView member, long unreadCount, long mentionSeq, @Nullable LogEntry lastMessage) {

  public ConversationId id() {
    return member.id();
  }

  /** The end of its log. */
  public ConversationHead head() {
    return member.head();
  }

  /** How far this member has come. */
  public Cursors cursors() {
    return member.cursors();
  }

  /** What this member set. */
  public ConversationSettings settings() {
    return member.settings();
  }

  /** How far the other one has come; null in a group and for somebody who talks to herself. */
  public @Nullable Cursors peer() {
    return member.peer();
  }
}
