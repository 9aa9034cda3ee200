package io.embedim.testkit;

import io.embedim.core.SendResult;
import io.embedim.core.SyncPage;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.EntryState;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.Revision;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The logs as a device knows them, kept as the protocol asks of a client: a cursor stands where
 * everything before it is known. Safe for use by many threads.
 */
final class DeviceLog {

  private final Map<ConversationId, Map<Long, LogEntry>> entries = new HashMap<>();
  private final Map<ConversationId, Long> cursors = new HashMap<>();
  private final Map<String, EntryDraft> sending = new HashMap<>();
  private int repeats;

  /** Takes an entry that came by itself and returns up to where the log is now complete. */
  synchronized long add(LogEntry entry) {
    ConversationId id = entry.conversationId();
    if (logOf(id).put(entry.seq(), entry) != null) {
      repeats++;
    }
    // A conversation that is met in its midst begins there; what was before is history.
    cursors.putIfAbsent(id, entry.seq() - 1);
    return moveOn(id);
  }

  synchronized long add(SyncPage.Missed missed) {
    ConversationId id = missed.conversation().id();
    for (LogEntry entry : missed.entries()) {
      logOf(id).put(entry.seq(), entry);
      cursors.merge(id, entry.seq(), Math::max);
    }
    if (!missed.hasMore()) {
      cursors.merge(id, missed.conversation().head().maxSeq(), Math::max);
    }
    return moveOn(id);
  }

  /** Remembers what is being sent, because the answer does not repeat it. */
  synchronized void sending(EntryDraft draft) {
    sending.put(draft.messageId(), draft);
  }

  /** What was sent is in the log. */
  synchronized void sent(SendResult result) {
    EntryDraft draft = sending.remove(result.messageId());
    if (draft == null || result.seq() == 0) {
      return;
    }
    long target = draft.revision() == null ? 0 : seqOf(draft.conversationId(), draft.revision());
    if (draft.revision() != null && target == 0) {
      // A revision of what is not known here is for a sync to bring.
      return;
    }
    logOf(draft.conversationId())
        .putIfAbsent(
            result.seq(),
            new LogEntry(result.seq(), result.timestamp(), draft, EntryState.UNREVISED, target));
    cursors.putIfAbsent(draft.conversationId(), result.seq() - 1);
    moveOn(draft.conversationId());
  }

  private long seqOf(ConversationId id, Revision revision) {
    return logOf(id).values().stream()
        .filter(entry -> entry.draft().messageId().equals(revision.targetMessageId()))
        .mapToLong(LogEntry::seq)
        .findFirst()
        .orElse(0);
  }

  /** All entries that are known, in order. */
  synchronized List<LogEntry> of(ConversationId id) {
    return List.copyOf(logOf(id).values());
  }

  synchronized Map<ConversationId, Long> cursors() {
    return Map.copyOf(cursors);
  }

  /** How many entries came by themselves though they were known. */
  synchronized int repeats() {
    return repeats;
  }

  private long moveOn(ConversationId id) {
    long cursor = cursors.getOrDefault(id, 0L);
    while (logOf(id).containsKey(cursor + 1)) {
      cursor++;
    }
    cursors.put(id, cursor);
    return cursor;
  }

  private Map<Long, LogEntry> logOf(ConversationId id) {
    return entries.computeIfAbsent(id, first -> new TreeMap<>());
  }
}
