package io.embedim.core.memory;

import static java.util.Objects.requireNonNull;

import io.embedim.spi.model.ConversationHead;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.ConversationSettings;
import io.embedim.spi.model.ConversationView;
import io.embedim.spi.model.Cursors;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.Group;
import io.embedim.spi.model.GroupChange;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.Member;
import io.embedim.spi.model.MemberView;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.AppendResult;
import io.embedim.spi.store.CursorResult;
import io.embedim.spi.store.GroupStore.Result;
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
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One conversation: its log, and those to whom it belongs or belonged. Its lock is the only one
 * there is: what happens under it is one commit. The log itself is read without it.
 */
final class Conversation {

  private final ConversationId id;
  private final ConversationLog log = new ConversationLog();

  private final ReentrantLock lock = new ReentrantLock();
  private final LogWriter writer = new LogWriter(log);
  private final Map<String, Participant> participants = new HashMap<>();
  private final @Nullable GroupState group;
  private final @Nullable DirectState direct;

  private Conversation(ConversationId id) {
    this.id = id;
    this.group = null;
    this.direct = new DirectState(participants);
    id.directMembers()
        .forEach(userId -> participants.put(userId, new Participant(Member.ofDirect(userId))));
  }

  private Conversation(Group group, List<Member> members) {
    this.id = ConversationId.group(group.groupId());
    this.group = new GroupState(group, members, participants);
    this.direct = null;
  }

  /** A one-to-one conversation, with its members and an empty log. */
  static Conversation direct(ConversationId id) {
    return new Conversation(id);
  }

  /**
   * A group, whose log begins with this event.
   *
   * @throws IllegalArgumentException when these members are not a group
   */
  static Conversation group(Group group, List<Member> members, EntryDraft event, long now) {
    Conversation created = new Conversation(group, members);
    created.writer.event(event, created.writer.next(created.id, now));
    return created;
  }

  ConversationId id() {
    return id;
  }

  /** Commits a draft, or says why not. */
  AppendResult append(Append append, long now) {
    EntryDraft draft = append.draft();
    return locked(
        () -> {
          LogEntry known = writer.find(draft.messageId());
          if (known != null) {
            return isRepeated(draft, known)
                ? new AppendResult.Duplicate(known.seq(), known.timestamp())
                : new AppendResult.KeyTaken();
          }
          long version = version();
          boolean decidedOnIt =
              append.expectedVersion() == Append.ANY_VERSION || append.expectedVersion() == version;
          return decidedOnIt && (group == null || !group.group().dismissed())
              ? writer.append(draft, now, seq -> hide(seq, append.hiddenFrom()))
              : new AppendResult.MembershipChanged(version);
        });
  }

  /**
   * Commits a change of this group, or says why not.
   *
   * @param cameIn told, as a part of the commit, who comes in
   * @throws IllegalArgumentException when the change contradicts the membership
   */
  Result change(
      long expectedVersion,
      GroupChange change,
      EntryDraft event,
      long now,
      Consumer<List<String>> cameIn) {
    return locked(
        () -> {
          LogEntry known = writer.find(event.messageId());
          if (known != null) {
            return isRepeated(event, known)
                ? new Result.Duplicate(known.seq(), known.timestamp())
                : new Result.KeyTaken();
          }
          if (expectedVersion != state().version()) {
            return new Result.MembershipChanged(state().version());
          }
          ConversationHead end = writer.next(id, now);
          cameIn.accept(state().apply(change, end));
          // Last, because the log is read without the lock.
          return new Result.Changed(writer.event(event, end), state().version());
        });
  }

  List<LogEntry> read(SeqRange range) {
    return log.read(range);
  }

  /** Looks at what is known of the log beside its entries, or changes it. */
  <T extends @Nullable Object> T log(Function<LogWriter, T> work) {
    return locked(() -> work.apply(writer));
  }

  /** The end of the log; null before the first entry. */
  @Nullable ConversationHead head() {
    LogEntry last = log.last();
    return last == null ? null : new ConversationHead(id, last.seq(), last.timestamp());
  }

  /** What the user has to do with the conversation; null when she never belonged to it. */
  @Nullable MemberView memberView(String userId) {
    return locked(
        () -> {
          Participant participant = present(userId);
          return participant == null ? null : memberView(participant);
        });
  }

  /** The conversation as the user sees it. */
  ConversationView view(String userId, MemberView member, long now) {
    return new ViewScan(log, userId, deletedBy(userId), now).view(member);
  }

  /** Looks through what the member may see of the log. */
  void search(SearchScan scan, MemberView member) {
    scan.through(log, member, deletedBy(scan.userId()));
  }

  private Set<Long> deletedBy(String userId) {
    return locked(
        () -> {
          Participant participant = present(userId);
          return participant == null ? Set.of() : participant.deleted();
        });
  }

  CursorResult advance(String userId, Cursors to) {
    return locked(
        () -> {
          Participant participant = present(userId);
          if (participant == null) {
            return new CursorResult.NotMember();
          }
          long end = endFor(participant).maxSeq();
          if (to.receivedSeq() > end) {
            return new CursorResult.BeyondEnd(end);
          }
          Cursors before = participant.cursors();
          return new CursorResult.Stored(before, participant.advance(to));
        });
  }

  /** The cursors of those of these users who are members; of all members when none is named. */
  Map<String, Cursors> cursors(Collection<String> userIds) {
    return locked(
        () -> {
          Map<String, Cursors> found = new LinkedHashMap<>();
          for (String userId : userIds.isEmpty() ? participants.keySet() : userIds) {
            Participant participant = present(userId);
            if (participant != null && participant.left() == null) {
              found.put(userId, participant.cursors());
            }
          }
          return found;
        });
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
    return locked(
        () -> {
          Participant participant = present(userId);
          return participant == null ? Set.of() : participant.deleted(fromSeq, toSeq);
        });
  }

  /** Looks at the group that this is. */
  <T> T group(Function<GroupState, T> question) {
    return locked(() -> question.apply(state()));
  }

  /** Looks at the one-to-one conversation that this is, or changes it. */
  <T> T direct(Function<DirectState, T> work) {
    return locked(() -> work.apply(requireNonNull(direct, "this is a group")));
  }

  /** Who belongs to it. Only before others know the conversation. */
  Collection<String> firstMembers() {
    return participants.keySet();
  }

  /** Something that happens to a member while the log ends for her at {@code maxSeq}. */
  @FunctionalInterface
  private interface MemberChange {
    void apply(Participant participant, long maxSeq);
  }

  private Optional<ConversationSettings> change(String userId, MemberChange change) {
    return locked(
        () -> {
          Participant participant = present(userId);
          if (participant == null) {
            return Optional.empty();
          }
          long end = endFor(participant).maxSeq();
          change.apply(participant, end);
          return Optional.of(participant.settings(log, end));
        });
  }

  private <T extends @Nullable Object> T locked(Supplier<T> call) {
    lock.lock();
    try {
      return call.get();
    } finally {
      lock.unlock();
    }
  }

  private GroupState state() {
    return requireNonNull(group, "this is not a group");
  }

  private long version() {
    return direct == null ? state().version() : direct.version();
  }

  private void hide(long seq, @Nullable String userId) {
    Participant participant = userId == null ? null : participants.get(userId);
    if (participant != null) {
      participant.neverSees(log, seq);
    }
  }

  /** Whoever has something here; null for everybody else, and before the first entry. */
  private @Nullable Participant present(String userId) {
    return log.maxSeq() == 0 ? null : participants.get(userId);
  }

  /** Where the log ends for somebody. */
  private ConversationHead endFor(Participant participant) {
    ConversationHead left = participant.left();
    return left == null ? requireNonNull(head()) : left;
  }

  private MemberView memberView(Participant participant) {
    ConversationHead end = endFor(participant);
    return new MemberView(
        end,
        participant.left() != null,
        participant.cursors(),
        participant.member().visibleFromSeq(),
        participant.settings(log, end.maxSeq()),
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

  private static boolean isRepeated(EntryDraft draft, LogEntry first) {
    return first.draft().senderId().equals(draft.senderId());
  }
}
