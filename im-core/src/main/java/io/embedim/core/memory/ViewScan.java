package io.embedim.core.memory;

import io.embedim.spi.model.ConversationView;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.MemberView;
import java.util.Set;

/**
 * Derives from the log what a view says of it: what is unread, and the last message. It takes no
 * lock, so that a long scan holds up nobody.
 */
final class ViewScan {

  private final ConversationLog log;
  private final String userId;
  private final Set<Long> deleted;
  private final long now;

  ViewScan(ConversationLog log, String userId, Set<Long> deleted, long now) {
    this.log = log;
    this.userId = userId;
    this.deleted = deleted;
    this.now = now;
  }

  /** The view of a member. */
  ConversationView view(MemberView member) {
    long unread = 0;
    long mentionSeq = 0;
    LogEntry lastMessage = null;
    long unreadAfter = member.unreadAfter();
    for (long seq = member.head().maxSeq();
        seq > member.hiddenUpTo() && (seq > unreadAfter || lastMessage == null);
        seq--) {
      LogEntry entry = log.get(seq);
      if (entry.isExpired(now) || deleted.contains(seq)) {
        continue;
      }
      lastMessage = lastMessage == null && entry.isShownAsLast() ? entry : lastMessage;
      if (seq > unreadAfter && entry.countsFor(userId)) {
        unread++;
        mentionSeq = entry.mentions(userId) ? seq : mentionSeq;
      }
    }
    return new ConversationView(member, unread, mentionSeq, lastMessage);
  }
}
