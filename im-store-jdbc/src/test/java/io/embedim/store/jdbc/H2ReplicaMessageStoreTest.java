package io.embedim.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.ConversationHead;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.PastContent;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.AppendResult;
import io.embedim.spi.store.ConversationStore;
import io.embedim.spi.store.ImStores;
import io.embedim.spi.store.MessageStore;
import io.embedim.spi.store.SeqRange;
import io.embedim.testkit.contract.MessageStoreContract;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/**
 * The rules for logs, all of whose stretches are read in a replica that never lags: the database
 * itself by another way.
 */
class H2ReplicaMessageStoreTest extends MessageStoreContract {

  private final String url = TestDatabase.lastingInMemory();
  private final SpyDataSource database = new SpyDataSource(TestDatabase.dataSource(url));
  private final SpyDataSource replica = new SpyDataSource(TestDatabase.dataSource(url));

  @Override
  protected ImStores open() {
    return new ReadAsOf(JdbcStores.builder().dataSource(database).readReplica(replica).build());
  }

  @AfterEach
  void only_the_replica_was_read() {
    assertThat(CopiedDatabase.reads(database)).isZero();
  }

  /** Stores that read logs as of the end that they have when they are asked. */
  private record ReadAsOf(ImStores stores) implements ImStores, MessageStore {

    @Override
    public MessageStore messages() {
      return this;
    }

    @Override
    public List<LogEntry> read(ConversationId id, SeqRange range) {
      ConversationHead head = conversations().heads(List.of(id)).get(id);
      return stores.messages().read(id, range.asOf(head == null ? 0 : head.maxSeq()));
    }

    @Override
    public List<AppendResult> append(List<Append> batch, long now) {
      return stores.messages().append(batch, now);
    }

    @Override
    public Optional<LogEntry> find(ConversationId id, String messageId) {
      return stores.messages().find(id, messageId);
    }

    @Override
    public List<LogEntry> find(ConversationId id, Collection<String> messageIds) {
      return stores.messages().find(id, messageIds);
    }

    @Override
    public List<LogEntry> pinned(ConversationId id, long now) {
      return stores.messages().pinned(id, now);
    }

    @Override
    public List<PastContent> pastContents(ConversationId id, long seq) {
      return stores.messages().pastContents(id, seq);
    }

    @Override
    public int purgeExpired(long now, int limit) {
      return stores.messages().purgeExpired(now, limit);
    }

    @Override
    public ConversationStore conversations() {
      return stores.conversations();
    }

    @Override
    public String describe() {
      return stores.describe();
    }

    @Override
    public void close() {
      stores.close();
    }
  }
}
