package io.embedim.store.jdbc;

import io.embedim.spi.model.Content;
import io.embedim.spi.model.ConversationId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/**
 * The terms of the messages in the {@link IndexedParts} of the logs, and of no others. Whoever
 * writes those of a message holds the lock on its row in the log, so they always say what it says.
 */
final class SearchTable {

  private final IndexedParts indexed;
  private final String insert;
  private final String delete;

  SearchTable(Dialect dialect, SearchIndex index, Tables tables) {
    this.indexed = new IndexedParts(dialect, tables);
    this.insert =
        "INSERT INTO "
            + tables.messageSearch()
            + " (conversation_id, seq, sender_id, created_at, terms) VALUES (?, ?, ?, ?, "
            + index.tokens()
            + ")";
    this.delete =
        "DELETE FROM " + tables.messageSearch() + " WHERE conversation_id = ? AND seq = ?";
  }

  /** A message, and what it says. */
  record Row(EntryPlace place, String senderId, long timestamp, String plainText) {}

  /** Writes what became of messages whose rows were just updated. */
  void revise(Handle handle, Collection<LoggedEntry> revised) throws SQLException {
    List<EntryPlace> changed = new ArrayList<>();
    List<Row> rows = new ArrayList<>();
    Set<ConversationId> ids = new TreeSet<>();
    for (LoggedEntry entry : revised) {
      Content content = entry.newContent();
      if (content != null) {
        changed.add(entry.place());
        if (!entry.revoked()) {
          rows.add(
              new Row(entry.place(), entry.senderId(), entry.timestamp(), content.plainText()));
          ids.add(entry.conversationId());
        }
      }
    }
    forget(handle.getConnection(), changed);
    if (!rows.isEmpty()) {
      Map<ConversationId, IndexedPart> parts = indexed.find(handle, ids);
      rows.removeIf(
          row ->
              !parts
                  .getOrDefault(row.place().conversationId(), IndexedPart.NONE)
                  .contains(row.place().seq()));
      insert(handle.getConnection(), rows);
    }
  }

  /** Adds messages that become part of what is indexed. */
  void insert(Connection connection, Collection<Row> messages) throws SQLException {
    List<Tokens> tokens =
        messages.stream()
            .map(row -> new Tokens(row, SearchTokens.of(row.place(), row.plainText())))
            .filter(row -> !row.tokens().isEmpty())
            .toList();
    Rows.write(
        connection,
        insert,
        tokens,
        (statement, row) -> {
          statement.setString(1, row.message().place().conversationId().value());
          statement.setLong(2, row.message().place().seq());
          statement.setString(3, row.message().senderId());
          statement.setLong(4, row.message().timestamp());
          statement.setString(5, row.tokens());
        });
  }

  /** Takes away what messages said; those that said nothing may be among them. */
  void forget(Connection connection, Collection<EntryPlace> places) throws SQLException {
    Rows.write(
        connection,
        delete,
        places,
        (statement, place) -> {
          statement.setString(1, place.conversationId().value());
          statement.setLong(2, place.seq());
        });
  }

  private record Tokens(Row message, String tokens) {}
}
