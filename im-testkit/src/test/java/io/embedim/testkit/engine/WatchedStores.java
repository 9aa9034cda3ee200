package io.embedim.testkit.engine;

import io.embedim.core.memory.MemoryStores;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.PastContent;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.AppendResult;
import io.embedim.spi.store.ConversationStore;
import io.embedim.spi.store.ImStores;
import io.embedim.spi.store.MessageStore;
import io.embedim.spi.store.SeqRange;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The stores in memory, whose reads of the log are counted, and may lag as a replica's do. */
final class WatchedStores implements ImStores {

  private final ImStores stores = MemoryStores.create();
  private final AtomicInteger entriesRead = new AtomicInteger();
  private final AtomicInteger readers = new AtomicInteger();
  private final AtomicInteger mostReaders = new AtomicInteger();
  private volatile long end = Long.MAX_VALUE;

  /** How many entries were read from logs so far. */
  int entriesRead() {
    return entriesRead.get();
  }

  /** How many reads were under way at the same time at most. */
  int readersAtOnce() {
    return mostReaders.get();
  }

  /** From now on reads show nothing after {@code seq}. */
  void showNothingAfter(long seq) {
    end = seq;
  }

  @Override
  public MessageStore messages() {
    MessageStore messages = stores.messages();
    return new MessageStore() {
      @Override
      public List<AppendResult> append(List<Append> batch, long now) {
        return messages.append(batch, now);
      }

      @Override
      public List<LogEntry> read(ConversationId id, SeqRange range) {
        mostReaders.accumulateAndGet(readers.incrementAndGet(), Math::max);
        try {
          List<LogEntry> entries =
              messages.read(id, range).stream().filter(entry -> entry.seq() <= end).toList();
          entriesRead.addAndGet(entries.size());
          return entries;
        } finally {
          readers.decrementAndGet();
        }
      }

      @Override
      public Optional<LogEntry> find(ConversationId id, String messageId) {
        return messages.find(id, messageId);
      }

      @Override
      public List<LogEntry> find(ConversationId id, Collection<String> messageIds) {
        return messages.find(id, messageIds);
      }

      @Override
      public List<LogEntry> pinned(ConversationId id, long now) {
        return messages.pinned(id, now);
      }

      @Override
      public List<PastContent> pastContents(ConversationId id, long seq) {
        return messages.pastContents(id, seq);
      }

      @Override
      public int purgeExpired(long now, int limit) {
        return messages.purgeExpired(now, limit);
      }
    };
  }

  @Override
  public ConversationStore conversations() {
    return stores.conversations();
  }

  @Override
  public String describe() {
    return stores.describe() + ", watched";
  }

  @Override
  public void close() {
    stores.close();
  }
}
