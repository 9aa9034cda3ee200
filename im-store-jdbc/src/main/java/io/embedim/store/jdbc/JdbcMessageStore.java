package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.KeyColumn.CONVERSATION_ID;
import static io.embedim.store.jdbc.KeyColumn.MESSAGE_ID;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.PastContent;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.AppendResult;
import io.embedim.spi.store.MessageStore;
import io.embedim.spi.store.SeqRange;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The logs, in tables. */
final class JdbcMessageStore implements MessageStore {

  private final Transactions transactions;
  private final LogWriter writer;
  private final EntryReader reader;
  private final StretchQueries stretches;
  private final @Nullable ReadReplica replica;
  private final Dialect dialect;
  private final PinTable pins;
  private final PastContentTable past;
  private final ExpiredMessages expired;
  private final String find;
  private final String findAll;

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
    this.dialect = dialect;
    this.pins = new PinTable(dialect, tables);
    this.past = new PastContentTable(dialect, tables);
    this.expired = new ExpiredMessages(dialect, tables);
    this.findAll =
        "SELECT "
            + EntryColumns.ofM()
            + " FROM "
            + dialect.lookUp(
                dialect.keyTable("k", CONVERSATION_ID, MESSAGE_ID),
                tables.message(),
                "m",
                tables.messageKey(),
                "m.conversation_id = k.conversation_id AND m.message_id = k.message_id");
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
    Keys keys = new Keys(CONVERSATION_ID, MESSAGE_ID);
    messageIds.stream().distinct().forEach(messageId -> keys.add(id.value(), messageId));
    return keys.isEmpty()
        ? List.of()
        : transactions.read(
            handle -> {
              try (Query query = handle.createQuery(findAll)) {
                dialect.bindKeys(query, "k", keys);
                List<EntryRow> rows =
                    query.map((row, context) -> EntryColumns.read(row)).stream()
                        .sorted(Comparator.comparingLong(EntryRow::seq))
                        .toList();
                return reader.complete(handle, rows);
              }
            });
  }

  @Override
  public List<LogEntry> pinned(ConversationId id, long now) {
    return transactions.read(handle -> reader.complete(handle, pins.select(handle, id, now)));
  }

  @Override
  public List<PastContent> pastContents(ConversationId id, long seq) {
    return transactions.read(handle -> past.select(handle, id, seq));
  }

  /** Looks first, so that whoever asks again and again writes nothing and holds nobody up. */
  @Override
  public int purgeExpired(long now, int limit) {
    List<ExpiringTable.Row> due = transactions.read(handle -> expired.due(handle, now, limit));
    return due.isEmpty() ? 0 : transactions.write(handle -> expired.purge(handle, due));
  }
}
