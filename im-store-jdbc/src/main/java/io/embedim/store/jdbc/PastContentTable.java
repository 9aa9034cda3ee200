package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.KeyColumn.CONVERSATION_ID;
import static io.embedim.store.jdbc.KeyColumn.REPLACED_BY_SEQ;
import static io.embedim.store.jdbc.KeyColumn.SEQ;
import static io.embedim.store.jdbc.KeyColumn.SINCE;

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
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** What messages said before edits that kept it. */
final class PastContentTable {

  private static final String COLUMNS =
      " (conversation_id, message_seq, replaced_by_seq, since, content_type, body, plain_text) ";

  private static final KeyColumn[] COPIED = {CONVERSATION_ID, SEQ, REPLACED_BY_SEQ, SINCE};

  private final Dialect dialect;
  private final String select;
  private final String copy;
  private final String insert;
  private final String delete;

  PastContentTable(Dialect dialect, Tables tables) {
    this.dialect = dialect;
    this.select =
        "SELECT p.content_type, p.body, p.plain_text, p.since FROM "
            + tables.pastContent()
            + " p WHERE p.conversation_id = :id AND p.message_seq = :seq"
            + " ORDER BY p.replaced_by_seq";
    this.copy =
        "INSERT INTO "
            + tables.pastContent()
            + COLUMNS
            + "SELECT k.conversation_id, k.seq, k.replaced_by_seq, k.since, m.content_type, m.body,"
            + " m.plain_text FROM "
            + dialect.lookUp(
                dialect.keyTable("k", COPIED),
                tables.message(),
                "m",
                Dialect.PRIMARY_KEY,
                "m.conversation_id = k.conversation_id AND m.seq = k.seq");
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
  void write(Handle handle, Collection<LoggedEntry> revised) throws SQLException {
    Keys copied = new Keys(COPIED);
    List<Row> inserted = new ArrayList<>();
    for (LoggedEntry entry : revised) {
      for (EditHistory.Past past : entry.history().kept()) {
        if (past.content() == null) {
          copied.add(
              entry.conversationId().value(), entry.seq(), past.replacedBySeq(), past.since());
        } else {
          inserted.add(new Row(entry.place(), past, past.content()));
        }
      }
    }
    Rows.update(handle, dialect, copy, copied);
    Rows.write(
        handle.getConnection(),
        insert,
        inserted,
        (statement, row) -> {
          bindPlace(statement, 1, row.place());
          statement.setLong(3, row.past().replacedBySeq());
          statement.setLong(4, row.past().since());
          statement.setInt(5, row.content().type().code());
          statement.setString(6, row.content().body());
          statement.setString(7, row.content().plainText());
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

  private record Row(EntryPlace place, EditHistory.Past past, Content content) {}
}
