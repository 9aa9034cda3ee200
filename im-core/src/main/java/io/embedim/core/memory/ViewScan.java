package io.embedim.core.memory;

import io.embedim.spi.model.ConversationView;
import io.embedim.spi.model.EntryType.Kind;
import io.embedim.spi.model.LogEntry;
import java.util.Set;

/**
 * Derives from the log what a view says of it: the unread count and the last message. It takes no
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

  /** Completes a view that knows everything but this. */
  ConversationView complete(ConversationView bare) {
    long unread = 0;
    LogEntry lastMessage = null;
    long readSeq = bare.cursors().readSeq();
    long hiddenUpTo = bare.hiddenUpTo();
    for (long seq = bare.head().maxSeq();
        seq > hiddenUpTo && (seq > readSeq || lastMessage == null);
        seq--) {
      LogEntry entry = log.get(seq);
      if (isShown(entry)) {
        lastMessage = lastMessage == null ? entry : lastMessage;
        unread += seq > readSeq && isUnread(entry) ? 1 : 0;
      }
    }
    return new ConversationView(
        bare.head(),
        bare.cursors(),
        bare.visibleFromSeq(),
        bare.settings(),
        unread,
        lastMessage,
        bare.peer());
  }

  private boolean isShown(LogEntry entry) {
    return entry.draft().type().kind() != Kind.REVISION
        && !entry.isExpired(now)
        && !deleted.contains(entry.seq());
  }

  private boolean isUnread(LogEntry entry) {
    return entry.draft().type().kind() == Kind.MESSAGE
        && !entry.draft().senderId().equals(userId)
        && !entry.state().revoked();
  }
}
