package io.embedim.core.internal.read;

import io.embedim.spi.model.Content;
import io.embedim.spi.model.ConversationView;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.EntryState;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.MemberView;
import java.util.Map;

/**
 * What somebody who left a conversation sees of the messages that were hers to read: a store has
 * what they say now, and what they were edited to after she left is not for her. The others keep
 * what they said, so to her such a message reads as a revoked one.
 */
public final class FormerMember {

  private FormerMember() {}

  /** The entry as this member may read it. */
  public static LogEntry sees(MemberView member, LogEntry entry) {
    return isEditedSince(member, entry) ? withheld(entry) : entry;
  }

  /** The view as this member may read it. */
  public static ConversationView sees(ConversationView view) {
    LogEntry last = view.lastMessage();
    return last == null || !isEditedSince(view.member(), last)
        ? view
        : new ConversationView(
            view.member(), view.unreadCount(), view.mentionSeq(), withheld(last));
  }

  /** Whether the message was edited after this member left. */
  static boolean isEditedSince(MemberView member, LogEntry entry) {
    Long editedAt = entry.state().editedAt();
    return member.left() && editedAt != null && editedAt >= member.head().updatedAt();
  }

  private static LogEntry withheld(LogEntry entry) {
    EntryDraft draft = entry.draft();
    return new LogEntry(
        entry.seq(),
        entry.timestamp(),
        new EntryDraft(
            draft.conversationId(),
            draft.type(),
            draft.messageId(),
            draft.senderId(),
            Content.REVOKED,
            draft.options(),
            draft.revision()),
        new EntryState(true, null, Map.of(), false),
        entry.targetSeq());
  }
}
