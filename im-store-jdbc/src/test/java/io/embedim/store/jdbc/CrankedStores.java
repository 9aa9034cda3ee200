package io.embedim.store.jdbc;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.PastContent;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.AppendResult;
import io.embedim.spi.store.ContactStore;
import io.embedim.spi.store.ConversationStore;
import io.embedim.spi.store.GroupStore;
import io.embedim.spi.store.ImStores;
import io.embedim.spi.store.MessageStore;
import io.embedim.spi.store.ScheduleStore;
import io.embedim.spi.store.SearchableMessageStore;
import io.embedim.spi.store.SeqRange;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Stores in which messages are indexed as a test says, before each search and each append. */
record CrankedStores(JdbcStores stores, SearchCrank crank, Consumer<SearchCrank> turn)
    implements ImStores {

  static ImStores open(ServerDatabase server, Consumer<SearchCrank> turn) {
    String prefix = "search_";
    server.openEmpty(prefix).close();
    return new CrankedStores(
        server.builder(prefix).withoutIndexing().build(),
        new SearchCrank(server.dataSource(), prefix),
        turn);
  }

  @Override
  public MessageStore messages() {
    return new Messages((SearchableMessageStore) stores.messages(), () -> turn.accept(crank));
  }

  @Override
  public ConversationStore conversations() {
    return stores.conversations();
  }

  @Override
  public Optional<GroupStore> groups() {
    return stores.groups();
  }

  @Override
  public Optional<ContactStore> contacts() {
    return stores.contacts();
  }

  @Override
  public Optional<ScheduleStore> schedules() {
    return stores.schedules();
  }

  @Override
  public String describe() {
    return stores.describe();
  }

  @Override
  public void close() {
    crank.close();
    stores.close();
  }

  private record Messages(SearchableMessageStore logs, Runnable turn)
      implements SearchableMessageStore {

    @Override
    public List<AppendResult> append(List<Append> batch, long now) {
      turn.run();
      return logs.append(batch, now);
    }

    @Override
    public List<LogEntry> search(Search search) {
      turn.run();
      return logs.search(search);
    }

    @Override
    public List<LogEntry> read(ConversationId id, SeqRange range) {
      return logs.read(id, range);
    }

    @Override
    public Optional<LogEntry> find(ConversationId id, String messageId) {
      return logs.find(id, messageId);
    }

    @Override
    public List<LogEntry> find(ConversationId id, Collection<String> messageIds) {
      return logs.find(id, messageIds);
    }

    @Override
    public List<LogEntry> pinned(ConversationId id, long now) {
      return logs.pinned(id, now);
    }

    @Override
    public List<PastContent> pastContents(ConversationId id, long seq) {
      return logs.pastContents(id, seq);
    }

    @Override
    public int purgeExpired(long now, int limit) {
      return logs.purgeExpired(now, limit);
    }
  }
}
