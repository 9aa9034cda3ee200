package io.embedim.testkit;

import io.embedim.spi.model.ConversationHead;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.ConversationSettings;
import io.embedim.spi.model.ConversationView;
import io.embedim.spi.model.Cursors;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.MemberView;
import io.embedim.spi.model.PastContent;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.AppendResult;
import io.embedim.spi.store.ContactStore;
import io.embedim.spi.store.ConversationQuery;
import io.embedim.spi.store.ConversationStore;
import io.embedim.spi.store.CursorMove;
import io.embedim.spi.store.CursorResult;
import io.embedim.spi.store.DeviceStore;
import io.embedim.spi.store.GroupStore;
import io.embedim.spi.store.ImStores;
import io.embedim.spi.store.MediaIndex;
import io.embedim.spi.store.MessageStore;
import io.embedim.spi.store.OutboxStore;
import io.embedim.spi.store.PushQueue;
import io.embedim.spi.store.ScheduleStore;
import io.embedim.spi.store.SearchableMessageStore;
import io.embedim.spi.store.SeqRange;
import io.embedim.spi.store.SettingsChange;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A backend whose calls fail or hang when a test wants it. It passes everything on to another one;
 * what is planned at a {@link FaultPoint} happens to the messages and the conversations. Groups,
 * devices and the rest are passed on as they are.
 */
public final class FaultyStores implements ImStores {

  private final ImStores stores;
  private final HeldCalls heldCalls = new HeldCalls();
  private final FaultPoint appends = new FaultPoint("append", heldCalls);
  private final FaultPoint reads = new FaultPoint("reading the log", heldCalls);
  private final FaultPoint purges = new FaultPoint("purging", heldCalls);
  private final FaultPoint cursors = new FaultPoint("advancing cursors", heldCalls);
  private final FaultPoint conversations = new FaultPoint("the conversations", heldCalls);
  private final FaultPoint closing = new FaultPoint("close", heldCalls);

  private FaultyStores(ImStores stores) {
    this.stores = stores;
  }

  /** Wraps a backend, which is closed together with this. */
  public static FaultyStores around(ImStores stores) {
    return new FaultyStores(stores);
  }

  /** {@link MessageStore#append}. */
  public FaultPoint appendFaults() {
    return appends;
  }

  /** The methods of {@link MessageStore} and {@link SearchableMessageStore} that only read. */
  public FaultPoint readFaults() {
    return reads;
  }

  /** {@link MessageStore#purgeExpired}. */
  public FaultPoint purgeFaults() {
    return purges;
  }

  /** {@link ConversationStore#advance}. */
  public FaultPoint cursorFaults() {
    return cursors;
  }

  /** The other methods of {@link ConversationStore}. */
  public FaultPoint conversationFaults() {
    return conversations;
  }

  /** {@link ImStores#close}. */
  public FaultPoint closeFaults() {
    return closing;
  }

  /** Ends all faults. */
  public void heal() {
    List.of(appends, reads, purges, cursors, conversations, closing).forEach(FaultPoint::heal);
  }

  /** Done as soon as some call is being held. */
  CompletableFuture<Void> anyHeld() {
    return heldCalls.any();
  }

  @Override
  public MessageStore messages() {
    return stores.messages() instanceof SearchableMessageStore searchable
        ? new SearchableMessages(searchable)
        : new Messages(stores.messages());
  }

  @Override
  public ConversationStore conversations() {
    return new Conversations(stores.conversations());
  }

  @Override
  public Optional<GroupStore> groups() {
    return stores.groups();
  }

  @Override
  public Optional<DeviceStore> devices() {
    return stores.devices();
  }

  @Override
  public Optional<PushQueue> pushQueue() {
    return stores.pushQueue();
  }

  @Override
  public Optional<MediaIndex> media() {
    return stores.media();
  }

  @Override
  public Optional<ScheduleStore> schedules() {
    return stores.schedules();
  }

  @Override
  public Optional<ContactStore> contacts() {
    return stores.contacts();
  }

  @Override
  public Optional<OutboxStore> outbox() {
    return stores.outbox();
  }

  @Override
  public String describe() {
    return stores.describe() + ", with faults";
  }

  @Override
  public void close() {
    closing.call(
        List.of(),
        () -> {
          stores.close();
          return true;
        });
  }

  private class Messages implements MessageStore {
    private final MessageStore messages;

    Messages(MessageStore messages) {
      this.messages = messages;
    }

    @Override
    public List<AppendResult> append(List<Append> batch, long now) {
      List<String> ids = batch.stream().map(append -> append.draft().messageId()).toList();
      return appends.call(ids, () -> messages.append(batch, now));
    }

    @Override
    public List<LogEntry> read(ConversationId id, SeqRange range) {
      return reads.call(List.of(), () -> messages.read(id, range));
    }

    @Override
    public Optional<LogEntry> find(ConversationId id, String messageId) {
      return reads.call(List.of(messageId), () -> messages.find(id, messageId));
    }

    @Override
    public List<LogEntry> find(ConversationId id, Collection<String> messageIds) {
      return reads.call(messageIds, () -> messages.find(id, messageIds));
    }

    @Override
    public List<LogEntry> pinned(ConversationId id, long now) {
      return reads.call(List.of(), () -> messages.pinned(id, now));
    }

    @Override
    public List<PastContent> pastContents(ConversationId id, long seq) {
      return reads.call(List.of(), () -> messages.pastContents(id, seq));
    }

    @Override
    public int purgeExpired(long now, int limit) {
      return purges.call(List.of(), () -> messages.purgeExpired(now, limit));
    }
  }

  private final class SearchableMessages extends Messages implements SearchableMessageStore {
    private final SearchableMessageStore searchable;

    SearchableMessages(SearchableMessageStore searchable) {
      super(searchable);
      this.searchable = searchable;
    }

    @Override
    public List<LogEntry> search(Search search) {
      return reads.call(List.of(), () -> searchable.search(search));
    }
  }

  private final class Conversations implements ConversationStore {
    private final ConversationStore store;

    Conversations(ConversationStore store) {
      this.store = store;
    }

    @Override
    public Map<ConversationId, ConversationHead> heads(Collection<ConversationId> ids) {
      return pass(() -> store.heads(ids));
    }

    @Override
    public List<MemberView> list(ConversationQuery query) {
      return pass(() -> store.list(query));
    }

    @Override
    public Map<ConversationId, MemberView> memberViews(
        String userId, Collection<ConversationId> ids) {
      return pass(() -> store.memberViews(userId, ids));
    }

    @Override
    public Map<ConversationId, ConversationView> complete(
        String userId, Collection<MemberView> members, long now) {
      return pass(() -> store.complete(userId, members, now));
    }

    @Override
    public List<CursorResult> advance(List<CursorMove> moves) {
      // What the test engine asks in order to know that all is done must not use up a fault.
      boolean onlyAsked =
          moves.stream().allMatch(move -> move.userId().equals(ImTestEngine.NOBODY));
      return onlyAsked ? store.advance(moves) : cursors.call(List.of(), () -> store.advance(moves));
    }

    @Override
    public Map<String, Cursors> cursors(ConversationId id, Collection<String> userIds) {
      return pass(() -> store.cursors(id, userIds));
    }

    @Override
    public Optional<ConversationSettings> update(
        String userId, ConversationId id, SettingsChange change) {
      return pass(() -> store.update(userId, id, change));
    }

    @Override
    public Optional<ConversationSettings> clear(String userId, ConversationId id) {
      return pass(() -> store.clear(userId, id));
    }

    @Override
    public void delete(String userId, ConversationId id, Set<Long> seqs) {
      pass(
          () -> {
            store.delete(userId, id, seqs);
            return true;
          });
    }

    @Override
    public Set<Long> deleted(String userId, ConversationId id, long fromSeq, long toSeq) {
      return pass(() -> store.deleted(userId, id, fromSeq, toSeq));
    }

    private <T> T pass(Supplier<T> work) {
      return conversations.call(List.of(), work);
    }
  }
}
