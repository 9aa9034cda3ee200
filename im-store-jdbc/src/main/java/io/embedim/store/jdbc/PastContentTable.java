package io.embedim.store.jdbc;

import io.embedim.spi.model.Content;
import io.embedim.spi.model.ContentType;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.PastContent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** What messages said before edits that kept it. */
final class PastContentTable {

  private static final String COLUMNS =
      " (conversation_id, message_seq, replaced_by_seq, since, content_type, body, plain_text) ";

  private final String select;
  private final String copy;
  private final String insert;
  private final String delete;

  PastContentTable(Tables tables) {
    this.select =
        "SELECT p.content_type, p.body, p.plain_text, p.since FROM "
            + tables.pastContent()
            + " p WHERE p.conversation_id = :id AND p.message_seq = :seq"
            + " ORDER BY p.replaced_by_seq";
    this.copy =
        "INSERT INTO "
            + tables.pastContent()
            + COLUMNS
            + "SELECT m.conversation_id, m.seq, ?, ?, m.content_type, m.body, m.plain_text FROM "
            + tables.message()
            + " m WHERE m.conversation_id = ? AND m.seq = ?";
    this.insert = "INSERT INTO " + tables.pastContent() + COLUMNS + "VALUES (?, ?, ?, ?, ?, ?, ?)";
    this.delete =
        "DELETE FROM " + tables.pastContent() + " WHERE conversation_id = ? AND message_seq = ?";
  }

  /** What a message said before, oldest first. */
  List<PastContent> select(Handle handle, ConversationId id, long seq) {
    try (Query query = handle.createQuery(select)) {
      return query
          .bind("id", id.value())
          .bind("seq", seq)
          .map(
              (row, context) ->
                  new PastContent(
                      new Content(
                          ContentType.ofCode(row.getInt(1)), row.getString(2), row.getString(3)),
                      row.getLong(4)))
          .list();
    }
  }

  /** Writes what these messages said before the batch; they must still say it in their rows. */
  void write(Connection connection, Collection<LoggedEntry> revised) throws SQLException {
    List<Row> copied = new ArrayList<>();
    List<Row> inserted = new ArrayList<>();
    for (LoggedEntry entry : revised) {
      for (EditHistory.Past past : entry.history().kept()) {
        (past.content() == null ? copied : inserted).add(new Row(entry.place(), past));
      }
    }
    Rows.write(
        connection,
        copy,
        copied,
        (statement, row) -> {
          statement.setLong(1, row.past().replacedBySeq());
          statement.setLong(2, row.past().since());
          bindPlace(statement, 3, row.place());
        });
    Rows.write(
        connection,
        insert,
        inserted,
        (statement, row) -> {
          Content content = row.content();
          bindPlace(statement, 1, row.place());
          statement.setLong(3, row.past().replacedBySeq());
          statement.setLong(4, row.past().since());
          statement.setInt(5, content.type().code());
          statement.setString(6, content.body());
          statement.setString(7, content.plainText());
        });
  }

  /** Drops what these messages said before the batch. */
  void delete(Connection connection, Collection<LoggedEntry> forgotten) throws SQLException {
    Rows.write(
        connection,
        delete,
        forgotten,
        (statement, entry) -> bindPlace(statement, 1, entry.place()));
  }

  private static void bindPlace(PreparedStatement statement, int position, EntryPlace place)
      throws SQLException {
    statement.setString(position, place.conversationId().value());
    statement.setLong(position + 1, place.seq());
  }

  private record Row(EntryPlace place, EditHistory.Past past) {
    Content content() {
      return Objects.requireNonNull(past.content());
    }
  }
}
