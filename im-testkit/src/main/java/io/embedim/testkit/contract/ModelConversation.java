package io.embedim.testkit.contract;

import static java.util.Objects.requireNonNull;

import io.embedim.spi.model.ConversationHead;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.ConversationSettings;
import io.embedim.spi.model.ConversationView;
import io.embedim.spi.model.Cursors;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.EntryType.Kind;
import io.embedim.spi.model.Group;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.MemberView;
import io.embedim.spi.model.Membership;
import io.embedim.spi.model.PastContent;
import io.embedim.spi.model.Revision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One conversation of the {@link StoreModel}: what was committed, word for word, and what its
 * members did. Everything else is told anew from the beginning whenever somebody asks.
 */
final class ModelConversation {

  /** A member: what she did, and nothing that follows from it. */
  static final class Person {
    Cursors cursors = Cursors.NONE;
    boolean pinned;
    boolean muted;
    String draft = "";
    @Nullable Integer hiddenAtLength;
    long clearedSeq;
    final TreeSet<Long> deleted = new TreeSet<>();
    long visibleFromSeq = 1;

    /** The event with which the log ended for her; 0 while she belongs to the conversation. */
    long leftAtSeq;

    Person() {}

    /** Somebody who comes into a group, by an event with this sequence. */
    Person(long seq) {
      cursors = new Cursors(seq - 1, seq - 1);
    }
  }

  /** An entry as it was committed, untouched by what came later. */
  record Committed(EntryDraft draft, long timestamp) {}

  final ConversationId id;
  final List<Committed> committed = new ArrayList<>();
  final Map<String, Person> people = new LinkedHashMap<>();

  /** Every membership that there was, the first one first; none of a conversation of two. */
  final List<Membership> versions = new ArrayList<>();

  /** The messages that had expired when somebody purged them. */
  private final Set<Long> purged = new TreeSet<>();

  @Nullable Group group;

  ModelConversation(ConversationId id) {
    this.id = id;
    if (!id.isGroup()) {
      id.directMembers().forEach(userId -> people.put(userId, new Person()));
    }
  }

  ConversationHead head() {
    return head(committed.size());
  }

  /** The end of the log as this user sees it. */
  ConversationHead headFor(String userId) {
    return head(lengthFor(requireNonNull(people.get(userId))));
  }

  /** How many entries there are for somebody, those that she may not see included. */
  int lengthFor(Person person) {
    return person.leftAtSeq == 0 ? committed.size() : (int) person.leftAtSeq;
  }

  boolean isDismissed() {
    return group != null && group.dismissed();
  }

  private ConversationHead head(int length) {
    return new ConversationHead(id, length, committed.get(length - 1).timestamp());
  }

  /** The position of the entry with this id; -1 when there is none. */
  int indexOf(String messageId) {
    for (int i = 0; i < committed.size(); i++) {
      if (committed.get(i).draft().messageId().equals(messageId)) {
        return i;
      }
    }
    return -1;
  }

  /** Where the message is that the draft revises; 0 when it revises none. */
  long targetSeq(EntryDraft draft) {
    Revision revision = draft.revision();
    return revision == null ? 0 : indexOf(revision.targetMessageId()) + 1L;
  }

  /** The log of now: the whole history told again. */
  List<LogEntry> log() {
    return ModelLog.of(this, purged);
  }

  /** What was pinned and is still, the last one first. */
  List<LogEntry> pinned(long now) {
    List<Long> pins = new ArrayList<>();
    for (Committed entry : committed) {
      long target = targetSeq(entry.draft());
      if (entry.draft().revision() instanceof Revision.Pin pin) {
        if (!pin.pinned()) {
          pins.remove(target);
        } else if (!pins.contains(target)) {
          pins.add(0, target);
        }
      }
    }
    List<LogEntry> log = log();
    return pins.stream()
        .map(seq -> log.get((int) (seq - 1)))
        .filter(entry -> entry.state().pinned() && !ModelLog.expired(entry, now))
        .toList();
  }

  /** What a message said before each of its edits, unless that is to be forgotten. */
  List<PastContent> pastContents(long seq) {
    List<PastContent> past = new ArrayList<>();
    if (seq < 1 || seq > committed.size() || log().get((int) seq - 1).state().revoked()) {
      return past;
    }
    Committed message = committed.get((int) seq - 1);
    PastContent now = new PastContent(message.draft().content(), message.timestamp());
    for (Committed entry : committed) {
      if (targetSeq(entry.draft()) == seq
          && entry.draft().revision() instanceof Revision.Edit edit) {
        if (edit.keepsPast()) {
          past.add(now);
        } else {
          past.clear();
        }
        now = new PastContent(edit.replacement(), entry.timestamp());
      }
    }
    return past;
  }

  /** Purges messages that have expired, and says how many. */
  int purge(long now, int limit) {
    List<Long> expired =
        log().stream()
            .filter(entry -> entry.draft().type().kind() == Kind.MESSAGE)
            .filter(entry -> ModelLog.expired(entry, now) && !purged.contains(entry.seq()))
            .map(LogEntry::seq)
            .limit(limit)
            .toList();
    purged.addAll(expired);
    return expired.size();
  }

  ConversationSettings settings(Person person) {
    return new ConversationSettings(
        person.pinned,
        person.muted,
        person.draft.isEmpty() ? null : person.draft,
        isHidden(person, lengthFor(person)),
        person.clearedSeq);
  }

  /** Whether somebody hid the conversation and nothing but revisions followed up to there. */
  boolean isHidden(Person person, int length) {
    return person.hiddenAtLength != null
        && committed.subList(person.hiddenAtLength, length).stream()
            .allMatch(entry -> entry.draft().type().kind() == Kind.REVISION);
  }

  MemberView memberView(String userId) {
    Person person = requireNonNull(people.get(userId));
    Person peer = id.isGroup() ? null : people.get(id.peerOf(userId));
    return new MemberView(
        headFor(userId),
        person.leftAtSeq > 0,
        person.cursors,
        person.visibleFromSeq,
        settings(person),
        person.deleted.stream().reduce(0L, Math::max),
        peer == null || peer == person ? null : peer.cursors);
  }

  ConversationView view(String userId, MemberView member, long now) {
    Person person = requireNonNull(people.get(userId));
    List<LogEntry> shown =
        log().stream()
            .filter(entry -> entry.seq() > person.clearedSeq)
            .filter(entry -> entry.seq() >= person.visibleFromSeq)
            .filter(entry -> entry.seq() <= member.head().maxSeq())
            .filter(entry -> entry.draft().type().kind() != Kind.REVISION)
            .filter(entry -> !person.deleted.contains(entry.seq()))
            .filter(entry -> !ModelLog.expired(entry, now))
            .toList();
    List<LogEntry> unread =
        shown.stream()
            .filter(entry -> entry.seq() > person.cursors.readSeq())
            .filter(entry -> entry.draft().type().kind() == Kind.MESSAGE)
            .filter(entry -> !entry.draft().senderId().equals(userId))
            .filter(entry -> !entry.state().revoked())
            .toList();
    long mentionSeq =
        unread.stream()
            .filter(
                entry ->
                    entry.draft().options().mentions().stream()
                        .anyMatch(mentioned -> mentioned.equals(userId) || mentioned.equals("*")))
            .mapToLong(LogEntry::seq)
            .findFirst()
            .orElse(0);
    return new ConversationView(
        member, unread.size(), mentionSeq, shown.isEmpty() ? null : shown.get(shown.size() - 1));
  }
}
