package io.embedim.core.memory;

import io.embedim.spi.model.ConversationHead;
import io.embedim.spi.model.ConversationSettings;
import io.embedim.spi.model.Cursors;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.Member;
import io.embedim.spi.store.SettingsChange;
import java.util.Collection;
import java.util.NavigableSet;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What a conversation knows of one of its members, or of somebody who left: the membership itself,
 * how far she has come, what she set, and what she deleted. Guarded by the conversation's lock,
 * except for the set of deletions, which may be read by anybody who got hold of it.
 */
final class Participant {

  private static final long NOT_HIDDEN = -1;

  private Member member;
  private @Nullable ConversationHead left;
  private Cursors cursors = Cursors.NONE;
  private boolean pinned;
  private boolean muted;
  private @Nullable String draft;
  private long hiddenAtSeq = NOT_HIDDEN;
  private long clearedSeq;
  private @Nullable NavigableSet<Long> deleted;

  Participant(Member member) {
    this.member = member;
  }

  Member member() {
    return member;
  }

  /** Where the log ends for somebody who left; null as long as she belongs to the conversation. */
  @Nullable ConversationHead left() {
    return left;
  }

  /** She is a member otherwise. */
  void become(Member now) {
    member = now;
  }

  /** She comes in, or back, with nothing unread up to {@code seq}, and muted if she was. */
  void comeIn(Member now, long seq) {
    member = now.withMutedUntil(Math.max(member.mutedUntil(), now.mutedUntil()));
    left = null;
    advance(new Cursors(seq, seq));
  }

  /** She belongs to the conversation no more; its log ends for her with this event. */
  void leave(ConversationHead event) {
    left = event;
  }

  Cursors cursors() {
    return cursors;
  }

  /** Moves the cursors forward, each for itself, and returns where they are. */
  Cursors advance(Cursors to) {
    Cursors now =
        new Cursors(
            Math.max(cursors.readSeq(), to.readSeq()),
            Math.max(cursors.receivedSeq(), to.receivedSeq()));
    if (!now.equals(cursors)) {
      cursors = now;
    }
    return cursors;
  }

  /** Whether the conversation is hidden; only as long as nothing but revisions followed. */
  private boolean hidden(ConversationLog log, long maxSeq) {
    return hiddenAtSeq != NOT_HIDDEN
        && LongStream.rangeClosed(hiddenAtSeq + 1, maxSeq)
            .allMatch(seq -> log.get(seq).draft().type().kind() == EntryType.Kind.REVISION);
  }

  /** What she set, when the log ends for her at {@code maxSeq}. */
  ConversationSettings settings(ConversationLog log, long maxSeq) {
    return new ConversationSettings(pinned, muted, draft, hidden(log, maxSeq), clearedSeq);
  }

  void change(SettingsChange change, long maxSeq) {
    if (change.pinned() != null) {
      pinned = change.pinned();
    }
    if (change.muted() != null) {
      muted = change.muted();
    }
    if (change.draft() != null) {
      draft = change.draft().isEmpty() ? null : change.draft();
    }
    if (change.hidden() != null) {
      hiddenAtSeq = change.hidden() ? maxSeq : NOT_HIDDEN;
    }
  }

  /** Hides everything up to {@code maxSeq}. */
  void clear(long maxSeq) {
    clearedSeq = maxSeq;
    advance(new Cursors(maxSeq, maxSeq));
  }

  /** An entry that is just being logged is not for her: what was hidden stays so. */
  void neverSees(ConversationLog log, long seq) {
    delete(Set.of(seq));
    if (hidden(log, seq - 1)) {
      hiddenAtSeq = seq;
    }
  }

  void delete(Collection<Long> seqs) {
    if (deleted == null) {
      deleted = new ConcurrentSkipListSet<>();
    }
    deleted.addAll(seqs);
  }

  /** The newest entry that she deleted; 0 where there is none. */
  long lastDeletedSeq() {
    return deleted == null || deleted.isEmpty() ? 0 : deleted.last();
  }

  /** The live set of deletions; empty where there were none so far. */
  Set<Long> deleted() {
    return deleted == null ? Set.of() : deleted;
  }

  /** The deletions from {@code fromSeq} to {@code toSeq}, both inclusive. */
  Set<Long> deleted(long fromSeq, long toSeq) {
    return deleted == null || fromSeq > toSeq
        ? Set.of()
        : Set.copyOf(deleted.subSet(fromSeq, true, toSeq, true));
  }
}
