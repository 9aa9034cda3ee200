package io.embedim.core.memory;

import static java.util.Objects.requireNonNull;

import io.embedim.spi.model.ConversationHead;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.ConversationSettings;
import io.embedim.spi.model.ConversationView;
import io.embedim.spi.model.Cursors;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.EntryState;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.Member;
import io.embedim.spi.model.MemberView;
import io.embedim.spi.model.Membership;
import io.embedim.spi.model.Revision;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.AppendResult;
import io.embedim.spi.store.AppendResult.RevisionRefused.Reason;
import io.embedim.spi.store.CursorResult;
import io.embedim.spi.store.SeqRange;
import io.embedim.spi.store.SettingsChange;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One conversation: its log, the keys in it, its members. Its lock is the only one there is: what
 * happens under it is one commit. The log itself is read without it.
 */
final class Conversation {

  private final ConversationId id;
  private final ConversationLog log = new ConversationLog();

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Integer> seqByMessageId = new HashMap<>();
  private final Map<String, Participant> participants = new HashMap<>();
  private final long version;
  private int pinned;

  private Conversation(ConversationId id, long version, Collection<Member> members) {
    this.id = id;
    this.version = version;
    members.forEach(member -> participants.put(member.userId(), new Participant(member)));
  }

  /** A one-to-one conversation, with its members and an empty log. */
  static Conversation direct(ConversationId id) {
    return new Conversation(
        id, Membership.DIRECT_VERSION, id.directMembers().stream().map(Member::ofDirect).toList());
  }

  ConversationId id() {
    return id;
  }

  /** Commits a draft, or says why not. */
  AppendResult append(Append append, long now) {
    EntryDraft draft = append.draft();
    lock.lock();
    try {
      Integer known = seqByMessageId.get(draft.messageId());
      if (known != null) {
        return repeated(draft, log.get(known));
      }
      if (append.expectedVersion() != Append.ANY_VERSION && append.expectedVersion() != version) {
        return new AppendResult.MembershipChanged(version);
      }
      Revision revision = draft.revision();
      LogEntry last = log.last();
      long timestamp = last == null ? now : Math.max(now, last.timestamp());
      long targetSeq = 0;
      if (revision != null) {
        Reason refusal = revise(revision, draft.senderId(), timestamp);
        if (refusal != null) {
          return new AppendResult.RevisionRefused(refusal);
        }
        targetSeq = requireNonNull(seqByMessageId.get(revision.targetMessageId()));
      }
      int seq = log.maxSeq() + 1;
      LogEntry entry = new LogEntry(seq, timestamp, draft, EntryState.UNREVISED, targetSeq);
      seqByMessageId.put(draft.messageId(), seq);
      log.append(entry);
      return new AppendResult.Appended(entry);
    } finally {
      lock.unlock();
    }
  }

  List<LogEntry> read(SeqRange range) {
    return log.read(range);
  }

  Optional<LogEntry> find(String messageId) {
    lock.lock();
    try {
      return Optional.ofNullable(seqByMessageId.get(messageId)).map(log::get);
    } finally {
      lock.unlock();
    }
  }

  /** The end of the log; null before the first entry. */
  @Nullable ConversationHead head() {
    LogEntry last = log.last();
    return last == null ? null : new ConversationHead(id, last.seq(), last.timestamp());
  }

  /** What the user has to do with the conversation; null when she does not belong to it. */
  @Nullable MemberView memberView(String userId) {
    lock.lock();
    try {
      Participant participant = present(userId);
      return participant == null ? null : memberView(participant);
    } finally {
      lock.unlock();
    }
  }

  /** The conversation as the user sees it. */
  ConversationView view(String userId, MemberView member, long now) {
    return new ViewScan(log, userId, deletedBy(userId), now).view(member);
  }

  private Set<Long> deletedBy(String userId) {
    lock.lock();
    try {
      Participant participant = present(userId);
      return participant == null ? Set.of() : participant.deleted();
    } finally {
      lock.unlock();
    }
  }

  CursorResult advance(String userId, Cursors to) {
    lock.lock();
    try {
      Participant participant = present(userId);
      if (participant == null) {
        return new CursorResult.NotMember();
      }
      if (to.receivedSeq() > log.maxSeq()) {
        return new CursorResult.BeyondEnd(log.maxSeq());
      }
      Cursors before = participant.cursors();
      return new CursorResult.Stored(before, participant.advance(to));
    } finally {
      lock.unlock();
    }
  }

  /** The cursors of those of these users who are members; of all members when none is named. */
  Map<String, Cursors> cursors(Collection<String> userIds) {
    lock.lock();
    try {
      Map<String, Cursors> found = new LinkedHashMap<>();
      for (String userId : userIds.isEmpty() ? participants.keySet() : userIds) {
        Participant participant = present(userId);
        if (participant != null) {
          found.put(userId, participant.cursors());
        }
      }
      return found;
    } finally {
      lock.unlock();
    }
  }

  Optional<ConversationSettings> update(String userId, SettingsChange change) {
    return change(userId, (participant, maxSeq) -> participant.change(change, maxSeq));
  }

  Optional<ConversationSettings> clear(String userId) {
    return change(userId, Participant::clear);
  }

  void delete(String userId, Set<Long> seqs) {
    change(
        userId,
        (participant, maxSeq) ->
            participant.delete(seqs.stream().filter(seq -> seq >= 1 && seq <= maxSeq).toList()));
  }

  Set<Long> deleted(String userId, long fromSeq, long toSeq) {
    lock.lock();
    try {
      Participant participant = present(userId);
      return participant == null ? Set.of() : participant.deleted(fromSeq, toSeq);
    } finally {
      lock.unlock();
    }
  }

  /** Something that happens to a member while the log ends at {@code maxSeq}. */
  @FunctionalInterface
  private interface MemberChange {
    void apply(Participant participant, long maxSeq);
  }

  private Optional<ConversationSettings> change(String userId, MemberChange change) {
    lock.lock();
    try {
      Participant participant = present(userId);
      if (participant == null) {
        return Optional.empty();
      }
      int maxSeq = log.maxSeq();
      change.apply(participant, maxSeq);
      return Optional.of(participant.settings(maxSeq));
    } finally {
      lock.unlock();
    }
  }

  /** The member; null for everybody else, and for everybody before the first entry. */
  private @Nullable Participant present(String userId) {
    return log.maxSeq() == 0 ? null : participants.get(userId);
  }

  private MemberView memberView(Participant participant) {
    ConversationHead head = requireNonNull(head());
    return new MemberView(
        head,
        false,
        participant.cursors(),
        participant.member().visibleFromSeq(),
        participant.settings(head.maxSeq()),
        participant.lastDeletedSeq(),
        peerCursors(participant.member().userId()));
  }

  private @Nullable Cursors peerCursors(String userId) {
    if (id.isGroup()) {
      return null;
    }
    String peer = id.peerOf(userId);
    Participant participant = peer.equals(userId) ? null : participants.get(peer);
    return participant == null ? null : participant.cursors();
  }

  private static AppendResult repeated(EntryDraft draft, LogEntry first) {
    return first.draft().senderId().equals(draft.senderId())
        ? new AppendResult.Duplicate(first.seq(), first.timestamp())
        : new AppendResult.KeyTaken();
  }

  /** Applies a revision to its target; says why when it cannot be applied. */
  private @Nullable Reason revise(Revision revision, String userId, long timestamp) {
    Integer targetSeq = seqByMessageId.get(revision.targetMessageId());
    if (targetSeq == null) {
      return Reason.TARGET_MISSING;
    }
    LogEntry before = log.get(targetSeq);
    if (before.draft().type().kind() != EntryType.Kind.MESSAGE) {
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
