package io.embedim.testkit.contract;

import static java.util.Objects.requireNonNull;

import io.embedim.spi.model.ConversationHead;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.ConversationSettings;
import io.embedim.spi.model.ConversationView;
import io.embedim.spi.model.Cursors;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.EntryState;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.MemberView;
import io.embedim.spi.model.PastContent;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.AppendResult;
import io.embedim.spi.store.AppendResult.RevisionRefused.Reason;
import io.embedim.spi.store.ContactStore;
import io.embedim.spi.store.ConversationQuery;
import io.embedim.spi.store.ConversationQuery.Order;
import io.embedim.spi.store.ConversationStore;
import io.embedim.spi.store.CursorMove;
import io.embedim.spi.store.CursorResult;
import io.embedim.spi.store.GroupStore;
import io.embedim.spi.store.ImStores;
import io.embedim.spi.store.MessageStore;
import io.embedim.spi.store.ScheduleStore;
import io.embedim.spi.store.SeqRange;
import io.embedim.spi.store.SeqRange.End;
import io.embedim.spi.store.SettingsChange;
import io.embedim.testkit.contract.ModelConversation.Committed;
import io.embedim.testkit.contract.ModelConversation.Person;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The stores as the words of the SPI have it, one thing at a time and slowly: what a backend
 * answers is compared with what this answers.
 */
final class StoreModel implements ImStores, MessageStore, ConversationStore {

  private final Map<ConversationId, ModelConversation> conversations = new TreeMap<>();
  private final ModelGroups groups = new ModelGroups(this, conversations);
  private final ModelContacts contacts = new ModelContacts(this);
  private final ModelSchedules schedules = new ModelSchedules(this);

  @Override
  public MessageStore messages() {
    return this;
  }

  @Override
  public ConversationStore conversations() {
    return this;
  }

  @Override
  public Optional<GroupStore> groups() {
    return Optional.of(groups);
  }

  @Override
  public Optional<ContactStore> contacts() {
    return Optional.of(contacts);
  }

  @Override
  public Optional<ScheduleStore> schedules() {
    return Optional.of(schedules);
  }

  @Override
  public String describe() {
    return "model";
  }

  @Override
  public void close() {}

  @Override
  public synchronized List<AppendResult> append(List<Append> batch, long now) {
    return batch.stream().map(append -> append(append, now)).toList();
  }

  @Override
  public synchronized List<LogEntry> read(ConversationId id, SeqRange range) {
    ModelConversation conversation = conversations.get(id);
    if (conversation == null) {
      return List.of();
    }
    List<LogEntry> all =
        conversation.log().stream()
            .filter(entry -> entry.seq() > range.afterSeq() && entry.seq() < range.beforeSeq())
            .toList();
    int size = Math.min(range.limit(), all.size());
    return range.end() == End.OLDEST
        ? all.subList(0, size)
        : all.subList(all.size() - size, all.size());
  }

  @Override
  public synchronized Optional<LogEntry> find(ConversationId id, String messageId) {
    return find(id, List.of(messageId)).stream().findFirst();
  }

  @Override
  public synchronized List<LogEntry> find(ConversationId id, Collection<String> messageIds) {
    return read(id, SeqRange.after(0, Integer.MAX_VALUE)).stream()
        .filter(entry -> messageIds.contains(entry.draft().messageId()))
        .toList();
  }

  @Override
  public synchronized List<LogEntry> pinned(ConversationId id, long now) {
    ModelConversation conversation = conversations.get(id);
    return conversation == null ? List.of() : conversation.pinned(now);
  }

  @Override
  public synchronized List<PastContent> pastContents(ConversationId id, long seq) {
    ModelConversation conversation = conversations.get(id);
    return conversation == null ? List.of() : conversation.pastContents(seq);
  }

  @Override
  public synchronized int purgeExpired(long now, int limit) {
    int purged = 0;
    for (ModelConversation conversation : conversations.values()) {
      purged += conversation.purge(now, limit - purged);
    }
    return purged;
  }

  @Override
  public synchronized Map<ConversationId, ConversationHead> heads(Collection<ConversationId> ids) {
    Map<ConversationId, ConversationHead> heads = new LinkedHashMap<>();
    conversations.forEach(
        (id, conversation) -> {
          if (ids.contains(id)) {
            heads.put(id, conversation.head());
          }
        });
    return heads;
  }

  @Override
  public synchronized List<MemberView> list(ConversationQuery query) {
    boolean newestFirst = query.order() == Order.NEWEST_FIRST;
    Comparator<ConversationHead> byTime = Comparator.comparingLong(ConversationHead::updatedAt);
    Comparator<ConversationHead> order =
        (newestFirst ? byTime.reversed() : byTime).thenComparing(ConversationHead::id);
    ConversationQuery.Position after = query.after();
    return conversations.values().stream()
        .filter(conversation -> conversation.people.containsKey(query.userId()))
        .filter(conversation -> !newestFirst || !settingsOf(conversation, query.userId()).hidden())
        .map(conversation -> conversation.headFor(query.userId()))
        .filter(
            head ->
                after == null
                    || order.compare(head, new ConversationHead(after.id(), 1, after.updatedAt()))
                        > 0)
        .sorted(order)
        .limit(query.limit())
        .map(head -> existing(head.id()).memberView(query.userId()))
        .toList();
  }

  @Override
  public synchronized Map<ConversationId, MemberView> memberViews(
      String userId, Collection<ConversationId> ids) {
    Map<ConversationId, MemberView> views = new LinkedHashMap<>();
    conversations.forEach(
        (id, conversation) -> {
          if (ids.contains(id) && conversation.people.containsKey(userId)) {
            views.put(id, conversation.memberView(userId));
          }
        });
    return views;
  }

  @Override
  public synchronized Map<ConversationId, ConversationView> complete(
      String userId, Collection<MemberView> members, long now) {
    Map<ConversationId, ConversationView> views = new LinkedHashMap<>();
    members.forEach(
        member -> views.put(member.id(), existing(member.id()).view(userId, member, now)));
    return views;
  }

  @Override
  public synchronized List<CursorResult> advance(List<CursorMove> moves) {
    return moves.stream().map(this::advance).toList();
  }

  @Override
  public synchronized Map<String, Cursors> cursors(ConversationId id, Collection<String> userIds) {
    Map<String, Cursors> cursors = new LinkedHashMap<>();
    ModelConversation conversation = conversations.get(id);
    if (conversation != null) {
      conversation.people.forEach(
          (userId, person) -> {
            if (person.leftAtSeq == 0 && (userIds.isEmpty() || userIds.contains(userId))) {
              cursors.put(userId, person.cursors);
            }
          });
    }
    return cursors;
  }

  @Override
  public synchronized Optional<ConversationSettings> update(
      String userId, ConversationId id, SettingsChange change) {
    Person person = person(userId, id);
    if (person == null) {
      return Optional.empty();
    }
    ModelConversation conversation = existing(id);
    person.pinned = change.pinned() == null ? person.pinned : change.pinned();
    person.muted = change.muted() == null ? person.muted : change.muted();
    person.draft = change.draft() == null ? person.draft : change.draft();
    if (change.hidden() != null) {
      person.hiddenAtLength = change.hidden() ? conversation.lengthFor(person) : null;
    }
    return Optional.of(conversation.settings(person));
  }

  @Override
  public synchronized Optional<ConversationSettings> clear(String userId, ConversationId id) {
    Person person = person(userId, id);
    if (person == null) {
      return Optional.empty();
    }
    ModelConversation conversation = existing(id);
    long end = conversation.lengthFor(person);
    person.clearedSeq = end;
    person.cursors = new Cursors(end, end);
    return Optional.of(conversation.settings(person));
  }

  @Override
  public synchronized void delete(String userId, ConversationId id, Set<Long> seqs) {
    Person person = person(userId, id);
    if (person != null) {
      read(id, SeqRange.after(0, Integer.MAX_VALUE)).stream()
          .map(LogEntry::seq)
          .filter(seqs::contains)
          .filter(seq -> seq <= existing(id).lengthFor(person))
          .forEach(person.deleted::add);
    }
  }

  @Override
  public synchronized Set<Long> deleted(
      String userId, ConversationId id, long fromSeq, long toSeq) {
    Person person = person(userId, id);
    return person == null || fromSeq > toSeq
        ? Set.of()
        : Set.copyOf(person.deleted.subSet(fromSeq, true, toSeq, true));
  }

  private @Nullable Person person(String userId, ConversationId id) {
    ModelConversation conversation = conversations.get(id);
    return conversation == null ? null : conversation.people.get(userId);
  }

  private ModelConversation existing(ConversationId id) {
    return requireNonNull(conversations.get(id));
  }

  private static ConversationSettings settingsOf(ModelConversation conversation, String userId) {
    return conversation.settings(requireNonNull(conversation.people.get(userId)));
  }

  private CursorResult advance(CursorMove move) {
    Person person = person(move.userId(), move.conversationId());
    if (person == null) {
      return new CursorResult.NotMember();
    }
    long end = existing(move.conversationId()).lengthFor(person);
    if (move.to().receivedSeq() > end) {
      return new CursorResult.BeyondEnd(end);
    }
    Cursors before = person.cursors;
    person.cursors =
        new Cursors(
            Math.max(before.readSeq(), move.to().readSeq()),
            Math.max(before.receivedSeq(), move.to().receivedSeq()));
    return new CursorResult.Stored(before, person.cursors);
  }

  private long versionOf(ConversationId id) {
    ModelConversation conversation = conversations.get(id);
    if (!id.isGroup()) {
      return contacts.version(id);
    }
    return conversation == null ? 0 : conversation.versions.size();
  }

  private AppendResult append(Append append, long now) {
    EntryDraft draft = append.draft();
    ModelConversation conversation = conversations.get(draft.conversationId());
    int known = conversation == null ? -1 : conversation.indexOf(draft.messageId());
    if (conversation != null && known >= 0) {
      Committed first = conversation.committed.get(known);
      return first.draft().senderId().equals(draft.senderId())
          ? new AppendResult.Duplicate(known + 1, first.timestamp())
          : new AppendResult.KeyTaken();
    }
    long version = versionOf(draft.conversationId());
    boolean expected =
        append.expectedVersion() == version || append.expectedVersion() == Append.ANY_VERSION;
    if (version == 0 || !expected || (conversation != null && conversation.isDismissed())) {
      return new AppendResult.MembershipChanged(version);
    }
    List<LogEntry> log =
        draft.revision() == null || conversation == null ? List.of() : conversation.log();
    long timestamp = log.isEmpty() ? now : Math.max(now, log.get(log.size() - 1).timestamp());
    Reason refusal =
        draft.revision() == null ? null : ModelLog.refusal(draft.revision(), log, timestamp);
    if (refusal != null) {
      return new AppendResult.RevisionRefused(refusal);
    }
    if (conversation == null) {
      conversation = new ModelConversation(draft.conversationId());
      conversations.put(conversation.id, conversation);
    }
    List<Committed> committed = conversation.committed;
    long last = committed.isEmpty() ? now : committed.get(committed.size() - 1).timestamp();
    committed.add(new Committed(draft, Math.max(last, now)));
    Person hiddenFrom = conversation.people.get(append.hiddenFrom());
    if (hiddenFrom != null) {
      int length = committed.size();
      hiddenFrom.deleted.add((long) length);
      if (conversation.isHidden(hiddenFrom, length - 1)) {
        hiddenFrom.hiddenAtLength = length;
      }
    }
    return new AppendResult.Appended(
        new LogEntry(
            committed.size(),
            Math.max(last, now),
            draft,
            EntryState.UNREVISED,
            conversation.targetSeq(draft)));
  }
}
