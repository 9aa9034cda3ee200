package io.embedim.store.jdbc;

import io.embedim.spi.model.Content;
import io.embedim.spi.model.EntryType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The terms of messages, written in the transaction that writes the messages. */
final class SearchTable {

  private final String insert;
  private final String delete;

  SearchTable(SearchIndex index, Tables tables) {
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

  /**
   * Writes what a batch did.
   *
   * @param created what it logged
   * @param revised what it changed of what there was before
   */
  void write(
      Connection connection, Collection<LoggedEntry> created, Collection<LoggedEntry> revised)
      throws SQLException {
    List<Row> rows = new ArrayList<>();
    for (LoggedEntry entry : created) {
      if (entry.type().kind() == EntryType.Kind.MESSAGE) {
        rows.add(row(entry, entry.draftToStore().content()));
      }
    }
    List<EntryPlace> changed = new ArrayList<>();
    for (LoggedEntry entry : revised) {
      Content content = entry.newContent();
      if (content != null) {
        changed.add(entry.place());
        rows.add(row(entry, content));
      }
    }
    forget(connection, changed);
    insert(connection, rows);
  }

  /** Adds messages that have no terms yet. */
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

  private static Row row(LoggedEntry entry, Content content) {
    return new Row(entry.place(), entry.senderId(), entry.timestamp(), content.plainText());
  }

  private record Tokens(Row message, String tokens) {}
}
