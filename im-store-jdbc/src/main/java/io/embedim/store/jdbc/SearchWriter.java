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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Puts messages that are in the logs into the search index, some in a transaction.
 *
 * <p>It locks the {@link IndexedParts} of its logs, which only others like it wait for, and the
 * rows of the messages, which those wait for who revise these very messages. It never waits for
 * them: it stops before a message that is just being revised. The conversations are not locked, so
 * nobody who appends waits.
 */
final class SearchWriter {

  private final Transactions transactions;
  private final Dialect dialect;
  private final ConversationTable conversations;
  private final IndexedParts indexed;
  private final SearchTable terms;
  private final String lockEntries;

  SearchWriter(Transactions transactions, Dialect dialect, SearchIndex index, Tables tables) {
    this.transactions = transactions;
    this.dialect = dialect;
    this.conversations = new ConversationTable(dialect, tables);
    this.indexed = new IndexedParts(dialect, tables);
    this.terms = new SearchTable(dialect, index, tables);
    this.lockEntries =
        dialect.locking(
                "m.conversation_id, m.seq, m.sender_id, m.created_at, CASE WHEN m.entry_type IN ("
                    + EntryColumns.codesOf(Kind.MESSAGE)
                    + ") AND NOT m.revoked THEN m.plain_text ELSE '' END FROM "
                    + dialect.lookUp(
                        dialect.keyTable("k", CONVERSATION_ID, SEQ),
                        tables.message(),
                        "m",
                        Dialect.PRIMARY_KEY,
                        "m.conversation_id = k.conversation_id AND m.seq = k.seq"),
                "m")
            + " SKIP LOCKED";
  }

  /** What is to be done in a log. */
  private record Step(ConversationId id, long maxSeq, IndexedPart part, IndexedPart next) {}

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
    List<Step> steps = new ArrayList<>();
    Keys keys = new Keys(CONVERSATION_ID, SEQ);
    for (ConversationId id : ids) {
      ConversationHead head = heads.get(id);
      if (head != null) {
        IndexedPart part = parts.getOrDefault(id, IndexedPart.NONE);
        IndexedPart next = part.next(head.maxSeq(), most - keys.size());
        steps.add(new Step(id, head.maxSeq(), part, next));
        next.seqs().forEach(seq -> keys.add(id.value(), seq));
      }
    }
    return write(handle, steps, lock(handle, keys), again);
  }

  private List<ConversationId> write(
      Handle handle, List<Step> steps, Map<EntryPlace, Row> entries, boolean again)
      throws SQLException {
    List<Row> rows = new ArrayList<>();
    Map<ConversationId, IndexedPart> created = new TreeMap<>();
    Map<ConversationId, IndexedPart> grown = new TreeMap<>();
    List<ConversationId> left = new ArrayList<>();
    for (Step step : steps) {
      LongFunction<@Nullable Row> entry = seq -> entries.get(new EntryPlace(step.id(), seq));
      IndexedPart taken = step.part().upToHole(step.next(), seq -> entry.apply(seq) != null);
      IndexedPart part = step.part().with(taken);
      taken.seqs().mapToObj(entry).filter(Objects::nonNull).forEach(rows::add);
      if (!taken.isEmpty()) {
        (step.part().isEmpty() ? created : grown).put(step.id(), part);
      }
      if (!part.hasAll(step.maxSeq())) {
        left.add(step.id());
      }
    }
    if (again) {
      terms.forget(handle.getConnection(), rows.stream().map(Row::place).toList());
    }
    terms.insert(handle.getConnection(), rows);
    indexed.insert(handle.getConnection(), created);
    indexed.update(handle, grown);
    return left;
  }

  /** Those of these entries that nobody else has locked; what is not searched for says nothing. */
  private Map<EntryPlace, Row> lock(Handle handle, Keys keys) {
    Map<EntryPlace, Row> entries = new HashMap<>();
    if (!keys.isEmpty()) {
      try (Query query = handle.createQuery(lockEntries)) {
        dialect.bindKeys(query, "k", keys);
        query
            .map(
                (row, context) ->
                    new Row(
                        new EntryPlace(new ConversationId(row.getString(1)), row.getLong(2)),
                        row.getString(3),
                        row.getLong(4),
                        row.getString(5)))
            .forEach(row -> entries.put(row.place(), row));
      }
    }
    return entries;
  }
}
