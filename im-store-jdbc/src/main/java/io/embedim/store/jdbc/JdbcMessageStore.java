package io.embedim.store.jdbc;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.PastContent;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.AppendResult;
import io.embedim.spi.store.MessageStore;
import io.embedim.spi.store.SeqRange;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The logs, in tables. */
final class JdbcMessageStore implements MessageStore {

  private final Transactions transactions;
  private final LogWriter writer;
  private final EntryReader reader;
  private final StretchQueries stretches;
  private final @Nullable ReadReplica replica;
  private final String find;

  /**
   * @param replica answers what a copy may answer; null when there is none
   */
  JdbcMessageStore(
      Transactions transactions, Dialect dialect, Tables tables, @Nullable ReadReplica replica) {
    this.transactions = transactions;
    this.writer = new LogWriter(dialect, tables);
    this.reader = new EntryReader(dialect, tables);
    this.stretches = new StretchQueries(dialect, tables);
    this.replica = replica;
    this.find =
        "SELECT "
            + EntryColumns.ofM()
            + " FROM "
            + tables.message()
            + " m WHERE m.conversation_id = :id AND m.message_id = :messageId";
  }

  @Override
  public List<AppendResult> append(List<Append> batch, long now) {
    AtomicBoolean again = new AtomicBoolean();
    return transactions.write(handle -> writer.append(handle, batch, now, again.getAndSet(true)));
  }

  @Override
  public List<LogEntry> read(ConversationId id, SeqRange range) {
    if (replica != null && range.asOfSeq() < Long.MAX_VALUE) {
      List<LogEntry> entries = replica.read(id, range);
      if (entries != null) {
        return entries;
      }
    }
    return transactions.read(handle -> stretches.newest(handle, id, range));
  }

  @Override
  public Optional<LogEntry> find(ConversationId id, String messageId) {
    return transactions.read(
        handle -> {
          List<EntryRow> rows =
              handle
                  .createQuery(find)
                  .bind("id", id.value())
                  .bind("messageId", messageId)
                  .map((row, context) -> EntryColumns.read(row))
                  .list();
          return reader.complete(handle, rows).stream().findFirst();
        });
  }

  @Override
  public List<LogEntry> find(ConversationId id, Collection<String> messageIds) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<LogEntry> pinned(ConversationId id, long now) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<PastContent> pastContents(ConversationId id, long seq) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int purgeExpired(long now, int limit) {
    throw new UnsupportedOperationException();
  }
}
