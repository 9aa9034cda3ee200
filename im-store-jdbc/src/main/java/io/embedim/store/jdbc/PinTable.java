package io.embedim.store.jdbc;

import io.embedim.spi.model.ConversationId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The pinned messages. */
final class PinTable {

  private final String select;
  private final String insert;
  private final String delete;

  PinTable(Dialect dialect, Tables tables) {
    this.select =
        "SELECT "
            + EntryColumns.ofM()
            + " FROM "
            + dialect.lookUp(
                tables.pin() + " p",
                tables.message(),
                "m",
                Dialect.PRIMARY_KEY,
                "m.conversation_id = p.conversation_id AND m.seq = p.message_seq")
            + " WHERE p.conversation_id = :id AND (m.expires_at IS NULL OR m.expires_at > :now)"
            + " ORDER BY p.pinned_by_seq DESC";
    this.insert =
        "INSERT INTO "
            + tables.pin()
            + " (conversation_id, message_seq, pinned_by_seq) VALUES (?, ?, ?)";
    this.delete = "DELETE FROM " + tables.pin() + " WHERE conversation_id = ? AND message_seq = ?";
  }

  /** The pinned messages that have not expired, what was pinned last first. */
  List<EntryRow> select(Handle handle, ConversationId id, long now) {
    try (Query query = handle.createQuery(select)) {
      return query
          .bind("id", id.value())
          .bind("now", now)
          .map((row, context) -> EntryColumns.read(row))
          .list();
    }
  }

  /** Writes what became of the pins on these messages. */
  void write(Connection connection, Collection<LoggedEntry> revised) throws SQLException {
    List<LoggedEntry> unpinned =
        revised.stream().filter(entry -> entry.pin().isRemovedFromTable()).toList();
    List<LoggedEntry> pinned = revised.stream().filter(entry -> entry.pin().isNew()).toList();
    Rows.write(connection, delete, unpinned, PinTable::bindPlace);
    Rows.write(
        connection,
        insert,
        pinned,
        (statement, entry) -> {
          bindPlace(statement, entry);
          statement.setLong(3, entry.pin().bySeq());
        });
  }

  private static void bindPlace(PreparedStatement statement, LoggedEntry entry)
      throws SQLException {
    statement.setString(1, entry.conversationId().value());
    statement.setLong(2, entry.seq());
  }
}
