package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.KeyColumn.CONVERSATION_ID;
import static io.embedim.store.jdbc.KeyColumn.SEQ;

import io.embedim.spi.model.ConversationHead;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryType.Kind;
import io.embedim.store.jdbc.SearchTable.Row;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Puts messages that are in the logs into the search index, some in a transaction.
 *
 * <p>It locks the {@link IndexedParts} of its logs, which only others like it wait for, and the
 * rows of the messages, which those wait for who revise these very messages. It never waits for
 * them: a message that is just being revised makes the transaction begin again. The conversations
 * are not locked, so nobody who appends waits.
 */
final class SearchWriter {

  private final Transactions transactions;
  private final Dialect dialect;
  private final ConversationTable conversations;
  private final IndexedParts indexed;
  private final SearchTable terms;
  private final String lockMessages;

  SearchWriter(Transactions transactions, Dialect dialect, SearchIndex index, Tables tables) {
    this.transactions = transactions;
    this.dialect = dialect;
    this.conversations = new ConversationTable(dialect, tables);
    this.indexed = new IndexedParts(dialect, tables);
    this.terms = new SearchTable(dialect, index, tables);
    this.lockMessages =
        dialect.locking(
                "m.conversation_id, m.seq, m.sender_id, m.created_at, m.plain_text FROM "
                    + dialect.lookUp(
                        dialect.keyTable("k", CONVERSATION_ID, SEQ),
                        tables.message(),
                        "m",
                        Dialect.PRIMARY_KEY,
                        "m.conversation_id = k.conversation_id AND m.seq = k.seq")
                    + " WHERE m.entry_type IN ("
                    + EntryColumns.codesOf(Kind.MESSAGE)
                    + ") AND NOT m.revoked",
                "m")
            + " NOWAIT";
  }

  /**
   * Indexes what is not indexed yet, in the order of the logs.
   *
   * @param ids logs, some of which may have nothing to be indexed
   * @param most how many entries to go through
   * @return the logs of which something is left
   */
  List<ConversationId> index(Collection<ConversationId> ids, long most) {
    AtomicBoolean again = new AtomicBoolean();
    return transactions.write(handle -> index(handle, ids, most, again.getAndSet(true)));
  }

  /**
   * @param again whether that failed, so that this time there may be terms already, of an engine of
   *     an earlier version that is still running
   */
  private List<ConversationId> index(
      Handle handle, Collection<ConversationId> ids, long most, boolean again) throws SQLException {
    Map<ConversationId, IndexedPart> parts = indexed.lock(handle, new TreeSet<>(ids));
    Map<ConversationId, ConversationHead> heads = conversations.heads(handle, ids);
    Map<ConversationId, IndexedPart> created = new TreeMap<>();
    Map<ConversationId, IndexedPart> grown = new TreeMap<>();
    List<ConversationId> left = new ArrayList<>();
    Keys entries = new Keys(CONVERSATION_ID, SEQ);
    for (ConversationId id : ids) {
      ConversationHead head = heads.get(id);
      if (head != null) {
        IndexedPart part = parts.getOrDefault(id, IndexedPart.NONE);
        IndexedPart next = part.next(head.maxSeq(), most - entries.size());
        if (!next.isEmpty()) {
          (part.isEmpty() ? created : grown).put(id, part.with(next));
          for (long seq = next.afterSeq() + 1; seq <= next.upToSeq(); seq++) {
            entries.add(id.value(), seq);
          }
        }
        if (!part.with(next).hasAll(head.maxSeq())) {
          left.add(id);
        }
      }
    }
    List<Row> messages = messages(handle, entries);
    if (again) {
      terms.forget(handle.getConnection(), messages.stream().map(Row::place).toList());
    }
    terms.insert(handle.getConnection(), messages);
    indexed.insert(handle.getConnection(), created);
    indexed.update(handle, grown);
    return left;
  }

  private List<Row> messages(Handle handle, Keys entries) {
    if (entries.isEmpty()) {
      return List.of();
    }
    try (Query query = handle.createQuery(lockMessages)) {
      dialect.bindKeys(query, "k", entries);
      return query
          .map(
              (row, context) ->
                  new Row(
                      new EntryPlace(new ConversationId(row.getString(1)), row.getLong(2)),
                      row.getString(3),
                      row.getLong(4),
                      row.getString(5)))
          .list();
    }
  }
}
