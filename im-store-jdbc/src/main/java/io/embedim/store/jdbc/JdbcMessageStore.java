package io.embedim.store.jdbc;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.AppendResult;
import io.embedim.spi.store.MessageStore;
import io.embedim.spi.store.SeqRange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The logs, in tables. */
final class JdbcMessageStore implements MessageStore {

  private final Transactions transactions;
  private final LogWriter writer;
  private final EntryReader reader;
  private final String oldest;
  private final String newest;
  private final String find;

  JdbcMessageStore(Transactions transactions, Dialect dialect, Tables tables) {
    this.transactions = transactions;
    this.writer = new LogWriter(dialect, tables);
    this.reader = new EntryReader(dialect, tables);
    String select =
        "SELECT " + EntryColumns.ofM() + " FROM " + tables.message() + " m WHERE m.conversation_id";
    String stretch = select + " = :id AND m.seq > :after AND m.seq < :before";
    // The whole key stands in the order, so that the index gives it and the limit ends the search.
    this.oldest = stretch + " ORDER BY m.conversation_id, m.seq LIMIT :limit";
    this.newest = stretch + " ORDER BY m.conversation_id DESC, m.seq DESC LIMIT :limit";
    this.find = select + " = :id AND m.message_id = :messageId";
  }

  @Override
  public List<AppendResult> append(List<Append> batch, long now) {
    return transactions.write(handle -> writer.append(handle, batch, now));
  }

  @Override
  public List<LogEntry> read(ConversationId id, SeqRange range) {
    return transactions.read(
        handle -> {
          List<EntryRow> rows =
              new ArrayList<>(
                  handle
                      .createQuery(range.end() == SeqRange.End.OLDEST ? oldest : newest)
                      .bind("id", id.value())
                      .bind("after", range.afterSeq())
                      .bind("before", range.beforeSeq())
                      .bind("limit", range.limit())
                      .map((row, context) -> EntryColumns.read(row))
                      .list());
          if (range.end() == SeqRange.End.NEWEST) {
            Collections.reverse(rows);
          }
          return reader.complete(handle, rows);
        });
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
}
