package io.embedim.store.jdbc;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryType.Kind;
import io.embedim.store.jdbc.SearchTable.Row;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Messages that are in the logs and not in the index: those from before there was one, or from a
 * time without search. A search reads them; meanwhile they are indexed from the newest to the
 * oldest, a few in a transaction.
 */
final class SearchBacklog {

  private static final long AT_ONCE = 200;

  /** Stands for all conversations: there was or is somebody who writes no terms. */
  private static final String ALL = "";

  private final Transactions transactions;
  private final ConversationTable conversations;
  private final SearchTable index;
  private final String backlog;
  private final String listAll;
  private final String read;

  SearchBacklog(
      Transactions transactions, Dialect dialect, SearchIndex searchIndex, Tables tables) {
    this.transactions = transactions;
    this.conversations = new ConversationTable(dialect, tables);
    this.index = new SearchTable(searchIndex, tables);
    this.backlog = tables.searchBacklog();
    this.listAll =
        "INSERT INTO "
            + backlog
            + " (conversation_id, up_to_seq) SELECT id, max_seq FROM "
            + tables.conversation();
    this.read =
        "SELECT m.seq, m.sender_id, m.created_at, m.plain_text FROM "
            + tables.message()
            + " m"
            + dialect.byIndex(Dialect.PRIMARY_KEY)
            + " WHERE m.conversation_id = :id AND m.seq > :after AND m.seq <= :upTo"
            + " AND m.entry_type IN ("
            + EntryColumns.codesOf(Kind.MESSAGE)
            + ") AND NOT m.revoked";
  }

  /** Notes that from now on there may be messages that are not indexed. */
  void beginWithoutIndex() {
    boolean noted = transactions.read(handle -> isListed(handle, ALL));
    if (!noted) {
      transactions.write(
          handle ->
              isListed(handle, ALL)
                  ? 0
                  : handle.execute(
                      "INSERT INTO " + backlog + " (conversation_id, up_to_seq) VALUES (?, 0)",
                      ALL));
    }
  }

  /** Lists everything when there was a time without index. */
  void endWithoutIndex() {
    boolean noted = transactions.read(handle -> isListed(handle, ALL));
    if (noted) {
      transactions.write(
          handle -> {
            // Whoever takes the row away lists the others.
            int ended =
                handle.execute("DELETE FROM " + backlog + " WHERE conversation_id = ?", ALL);
            if (ended > 0) {
              handle.execute("DELETE FROM " + backlog);
              handle.execute(listAll);
            }
            return ended;
          });
    }
  }

  boolean isEmpty() {
    return transactions.read(handle -> first(handle) == null);
  }

  /** Indexes some messages; false when there are no more. */
  boolean indexSome() {
    return transactions.write(
        handle -> {
          String id = first(handle);
          if (id != null) {
            indexSome(handle, new ConversationId(id));
          }
          return id != null;
        });
  }

  /** Under the conversation's lock, so that nobody revises these messages meanwhile. */
  private void indexSome(Handle handle, ConversationId id) throws SQLException {
    conversations.lock(handle, new TreeSet<>(Set.of(id)));
    Long upTo =
        handle
            .createQuery("SELECT up_to_seq FROM " + backlog + " WHERE conversation_id = :id")
            .bind("id", id.value())
            .mapTo(Long.class)
            .findOne()
            .orElse(null);
    if (upTo == null) {
      return;
    }
    long after = Math.max(0, upTo - AT_ONCE);
    List<Row> messages =
        handle
            .createQuery(read)
            .bind("id", id.value())
            .bind("after", after)
            .bind("upTo", upTo)
            .map(
                (row, context) ->
                    new Row(
                        new EntryPlace(id, row.getLong(1)),
                        row.getString(2),
                        row.getLong(3),
                        row.getString(4)))
            .list();
    // Some may have been edited since, which indexed them.
    index.forget(handle.getConnection(), messages.stream().map(Row::place).toList());
    index.insert(handle.getConnection(), messages);
    if (after == 0) {
      handle.execute("DELETE FROM " + backlog + " WHERE conversation_id = ?", id.value());
    } else {
      handle.execute(
          "UPDATE " + backlog + " SET up_to_seq = ? WHERE conversation_id = ?", after, id.value());
    }
  }

  private @Nullable String first(Handle handle) {
    return handle
        .createQuery(
            "SELECT conversation_id FROM "
                + backlog
                + " WHERE conversation_id <> :all ORDER BY conversation_id LIMIT 1")
        .bind("all", ALL)
        .mapTo(String.class)
        .findOne()
        .orElse(null);
  }

  private boolean isListed(Handle handle, String id) {
    return handle
        .createQuery("SELECT up_to_seq FROM " + backlog + " WHERE conversation_id = :id")
        .bind("id", id)
        .mapTo(Long.class)
        .findOne()
        .isPresent();
  }
}
