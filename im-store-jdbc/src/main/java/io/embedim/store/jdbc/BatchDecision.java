package io.embedim.store.jdbc;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.EntryState;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.Revision;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.AppendResult;
import io.embedim.spi.store.AppendResult.Appended;
import io.embedim.spi.store.AppendResult.Duplicate;
import io.embedim.spi.store.AppendResult.KeyTaken;
import io.embedim.spi.store.AppendResult.MembershipChanged;
import io.embedim.spi.store.AppendResult.RevisionRefused;
import io.embedim.spi.store.AppendResult.RevisionRefused.Reason;
import io.embedim.store.jdbc.TargetReactions.Mark;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides the drafts of a batch one after the other, on what was read under the conversations'
 * locks. It touches no database: what has to be written is collected. Confined to one append.
 */
final class BatchDecision {

  private final Map<ConversationId, LogEnd> ends;
  private final Map<EntryKey, LoggedEntry> entries;
  private final long now;
  private final List<LoggedEntry> created = new ArrayList<>();
  private final Set<LoggedEntry> revised = new LinkedHashSet<>();
  private final Map<EntryPlace, String> hidden = new LinkedHashMap<>();

  /**
   * Begins with what there is.
   *
   * @param ends of all conversations of the batch
   * @param entries those whose keys the batch mentions; grows as drafts are appended
   * @param now the time to stamp entries with, in ms since the epoch
   */
  BatchDecision(Map<ConversationId, LogEnd> ends, Map<EntryKey, LoggedEntry> entries, long now) {
    this.ends = ends;
    this.entries = entries;
    this.now = now;
  }

  AppendResult decide(Append append) {
    EntryDraft draft = append.draft();
    EntryKey key = new EntryKey(draft.conversationId(), draft.messageId());
    LoggedEntry same = entries.get(key);
    if (same != null) {
      return same.senderId().equals(draft.senderId())
          ? new Duplicate(same.seq(), same.timestamp())
          : new KeyTaken();
    }
    LogEnd end = end(draft.conversationId());
    if (!end.takesEntries()
        || (append.expectedVersion() != Append.ANY_VERSION
            && append.expectedVersion() != end.version())) {
      return new MembershipChanged(end.version());
    }
    Revision revision = draft.revision();
    LoggedEntry target = null;
    if (revision != null) {
      target = entries.get(new EntryKey(draft.conversationId(), revision.targetMessageId()));
      Reason refusal = refusal(revision, target, end, end.nextTime(now));
      if (refusal != null) {
        return new RevisionRefused(refusal);
      }
    }
    long seq = end.next(now);
    LoggedEntry entry = LoggedEntry.created(draft, seq, end.updatedAt(), target);
    created.add(entry);
    entries.put(key, entry);
    if (append.hiddenFrom() != null) {
      hidden.put(entry.place(), append.hiddenFrom());
    }
    if (revision != null && target != null) {
      apply(revision, target, entry, end);
    }
    long targetSeq = target == null ? 0 : target.seq();
    return new Appended(new LogEntry(seq, end.updatedAt(), draft, EntryState.UNREVISED, targetSeq));
  }

  /** The entries that the batch logs, in its order. */
  List<LoggedEntry> created() {
    return created;
  }

  /** The entries that the batch changes, those among {@link #created} included. */
  Set<LoggedEntry> revised() {
    return revised;
  }

  /** From whom which of the entries that the batch logs are hidden. */
  Map<EntryPlace, String> hidden() {
    return hidden;
  }

  private LogEnd end(ConversationId id) {
    LogEnd end = ends.get(id);
    if (end == null) {
      throw new IllegalStateException("the conversation was not looked at");
    }
    return end;
  }

  private static @Nullable Reason refusal(
      Revision revision, @Nullable LoggedEntry target, LogEnd end, long time) {
    if (target == null
        || target.type().kind() != EntryType.Kind.MESSAGE
        || target.isExpired(time)) {
      return Reason.TARGET_MISSING;
    }
    if (target.revoked() && !(revision instanceof Revision.Revoke)) {
      return Reason.TARGET_REVOKED;
    }
    if (revision instanceof Revision.React react
        && react.added()
        && !target.reactions().hasKind(react.emoji())
        && target.reactions().kindCount() >= react.maxKinds()) {
      return Reason.LIMIT_REACHED;
    }
    if (revision instanceof Revision.Pin pin
        && pin.pinned()
        && !target.pin().isOn()
        && end.pinnedMessages() >= pin.maxPinned()) {
      return Reason.LIMIT_REACHED;
    }
    return null;
  }

  private void apply(Revision revision, LoggedEntry target, LoggedEntry entry, LogEnd end) {
    if (revision instanceof Revision.Edit edit) {
      target.edit(edit, entry);
      revised.add(target);
    } else if (revision instanceof Revision.React react) {
      Mark mark = new Mark(react.emoji(), entry.senderId());
      TargetReactions reactions = target.reactions();
      if (react.added() ? reactions.add(mark, entry.seq()) : reactions.remove(mark)) {
        target.reactionsChanged();
        revised.add(target);
      }
    } else if (revision instanceof Revision.Pin pin) {
      if (pin.pinned() != target.pin().isOn()) {
        target.pin(entry, pin.pinned());
        end.countPin(pin.pinned());
        revised.add(target);
      }
    } else if (!target.revoked()) {
      if (target.pin().isOn()) {
        end.countPin(false);
      }
      target.revoke();
      revised.add(target);
    }
  }
}
