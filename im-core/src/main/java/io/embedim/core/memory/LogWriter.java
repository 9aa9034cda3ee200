package io.embedim.core.memory;

import static java.util.Objects.requireNonNull;

import io.embedim.spi.model.ConversationHead;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.EntryState;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.Revision;
import io.embedim.spi.store.AppendResult;
import io.embedim.spi.store.AppendResult.RevisionRefused.Reason;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a conversation's log: it knows the keys in it, and what revisions do to earlier entries.
 * Only under the conversation's lock.
 */
final class LogWriter {

  private final ConversationLog log;
  private final Map<String, Integer> seqByMessageId = new HashMap<>();
  private int pinned;

  LogWriter(ConversationLog log) {
    this.log = log;
  }

  /** The entry with this key; null when there is none. */
  @Nullable LogEntry find(String messageId) {
    Integer seq = seqByMessageId.get(messageId);
    return seq == null ? null : log.get(seq);
  }

  /** Where the log will end with the next entry. */
  ConversationHead next(ConversationId id, long now) {
    LogEntry last = log.last();
    return new ConversationHead(
        id, log.maxSeq() + 1L, last == null ? now : Math.max(now, last.timestamp()));
  }

  /** Writes a draft whose key is new, or says why its revision cannot be applied. */
  AppendResult append(EntryDraft draft, long now) {
    ConversationHead end = next(draft.conversationId(), now);
    Revision revision = draft.revision();
    long targetSeq = 0;
    if (revision != null) {
      Reason refusal = revise(revision, draft.senderId(), end.updatedAt());
      if (refusal != null) {
        return new AppendResult.RevisionRefused(refusal);
      }
      targetSeq = requireNonNull(seqByMessageId.get(revision.targetMessageId()));
    }
    LogEntry entry =
        new LogEntry(end.maxSeq(), end.updatedAt(), draft, EntryState.UNREVISED, targetSeq);
    write(entry);
    return new AppendResult.Appended(entry);
  }

  /** Writes an event, whose key is new, as the entry with which the log ends then. */
  LogEntry event(EntryDraft event, ConversationHead end) {
    LogEntry entry = new LogEntry(end.maxSeq(), end.updatedAt(), event, EntryState.UNREVISED);
    write(entry);
    return entry;
  }

  private void write(LogEntry entry) {
    seqByMessageId.put(entry.draft().messageId(), (int) entry.seq());
    log.append(entry);
  }

  /** Applies a revision to its target; says why when it cannot be applied. */
  private @Nullable Reason revise(Revision revision, String userId, long timestamp) {
    LogEntry before = find(revision.targetMessageId());
    if (before == null || before.draft().type().kind() != EntryType.Kind.MESSAGE) {
      return Reason.TARGET_MISSING;
    }
    RevisedTarget outcome = RevisedTarget.of(before, revision, userId, timestamp, pinned);
    if (outcome instanceof RevisedTarget.Refused refused) {
      return refused.reason();
    }
    LogEntry after = ((RevisedTarget.Revised) outcome).target();
    log.replace(after);
    pinned += (after.state().pinned() ? 1 : 0) - (before.state().pinned() ? 1 : 0);
    if (after.state().revoked() && before.state().editedAt() != null) {
      emptyEditsOf(after);
    }
    return null;
  }

  /** What a revoked message said is in the entries that edited it, too. */
  private void emptyEditsOf(LogEntry target) {
    for (long seq = target.seq() + 1; seq <= log.maxSeq(); seq++) {
      LogEntry entry = log.get(seq);
      if (entry.draft().revision() instanceof Revision.Edit edit
          && edit.targetMessageId().equals(target.draft().messageId())) {
        log.replace(RevisedTarget.withoutReplacement(entry, edit));
      }
    }
  }
}
