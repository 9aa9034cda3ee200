package io.embedim.core.memory;

import static java.util.Objects.requireNonNull;

import io.embedim.spi.model.ConversationHead;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.EntryState;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.PastContent;
import io.embedim.spi.model.Revision;
import io.embedim.spi.store.AppendResult;
import io.embedim.spi.store.AppendResult.RevisionRefused.Reason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a conversation's log: it knows the keys in it, and what revisions do to earlier entries.
 * Only under the conversation's lock.
 */
final class LogWriter {

  private final ConversationLog log;
  private final Map<String, Integer> seqByMessageId = new HashMap<>();
  private final Edits edits;

  /** The pinned messages, what was pinned last last. */
  private final Set<Long> pinned = new LinkedHashSet<>();

  LogWriter(ConversationLog log) {
    this.log = log;
    this.edits = new Edits(log);
  }

  /** The entry with this key; null when there is none. */
  @Nullable LogEntry find(String messageId) {
    Integer seq = seqByMessageId.get(messageId);
    return seq == null ? null : log.get(seq);
  }

  /** The entries with these keys, in ascending order of sequence. */
  List<LogEntry> find(Collection<String> messageIds) {
    return messageIds.stream()
        .distinct()
        .map(this::find)
        .filter(Objects::nonNull)
        .sorted(Comparator.comparingLong(LogEntry::seq))
        .toList();
  }

  /** The pinned messages that have not expired, what was pinned last first. */
  List<LogEntry> pinned(long now) {
    List<LogEntry> found = new ArrayList<>();
    for (long seq : pinned) {
      LogEntry entry = log.get(seq);
      if (!entry.isExpired(now)) {
        found.add(0, entry);
      }
    }
    return found;
  }

  /** What a message said before, oldest first. */
  List<PastContent> pastOf(long seq) {
    return edits.pastOf(seq);
  }

  /** Takes away what a message said that has expired. */
  void purge(long seq) {
    log.replace(RevisedTarget.purged(log.get(seq)));
    pinned.remove(seq);
    edits.forget(seq);
  }

  /** Where the log will end with the next entry. */
  ConversationHead next(ConversationId id, long now) {
    LogEntry last = log.last();
    return new ConversationHead(
        id, log.maxSeq() + 1L, last == null ? now : Math.max(now, last.timestamp()));
  }

  /**
   * Writes a draft whose key is new, or says why its revision cannot be applied.
   *
   * @param beforehand is told the entry's sequence before anybody can read it
   */
  AppendResult append(EntryDraft draft, long now, LongConsumer beforehand) {
    ConversationHead end = next(draft.conversationId(), now);
    Revision revision = draft.revision();
    long targetSeq = 0;
    if (revision != null) {
      Reason refusal = revise(revision, draft, end);
      if (refusal != null) {
        return new AppendResult.RevisionRefused(refusal);
      }
      targetSeq = requireNonNull(seqByMessageId.get(revision.targetMessageId()));
    }
    LogEntry entry =
        new LogEntry(end.maxSeq(), end.updatedAt(), draft, EntryState.UNREVISED, targetSeq);
    beforehand.accept(entry.seq());
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
  private @Nullable Reason revise(Revision revision, EntryDraft draft, ConversationHead end) {
    LogEntry before = find(revision.targetMessageId());
    if (before == null
        || before.draft().type().kind() != EntryType.Kind.MESSAGE
        || before.isExpired(end.updatedAt())) {
      return Reason.TARGET_MISSING;
    }
    RevisedTarget outcome =
        RevisedTarget.of(before, revision, draft.senderId(), end.updatedAt(), pinned.size());
    if (outcome instanceof RevisedTarget.Refused refused) {
      return refused.reason();
    }
    LogEntry after = ((RevisedTarget.Revised) outcome).target();
    log.replace(after);
    if (after.state().pinned()) {
      pinned.add(after.seq());
    } else {
      pinned.remove(after.seq());
    }
    if (revision instanceof Revision.Edit edit) {
      edits.edited(before, draft, edit, end.maxSeq());
    } else if (revision instanceof Revision.Revoke) {
      edits.forget(after.seq());
    }
    return null;
  }
}
