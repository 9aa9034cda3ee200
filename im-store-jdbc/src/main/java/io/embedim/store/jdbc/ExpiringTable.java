package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.KeyColumn.CONVERSATION_ID;
import static io.embedim.store.jdbc.KeyColumn.EXPIRES_AT;
import static io.embedim.store.jdbc.KeyColumn.SEQ;

import io.embedim.spi.model.ConversationId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The messages that destroy themselves and are not purged yet. */
final class ExpiringTable {

  private final Dialect dialect;
  private final String due;
  private final String stillThere;
  private final String insert;
  private final String delete;

  ExpiringTable(Dialect dialect, Tables tables) {
    this.dialect = dialect;
    this.due =
        "SELECT e.expires_at, e.conversation_id, e.seq FROM "
            + tables.expiring()
            + " e WHERE e.expires_at <= :now"
            + " ORDER BY e.expires_at, e.conversation_id, e.seq LIMIT :limit";
    this.stillThere =
        "SELECT "
            + MessageTable.columns(tables)
            + " FROM "
            + dialect.lookUp(
                dialect.keyTable("k", EXPIRES_AT, CONVERSATION_ID, SEQ),
                tables.expiring(),
                "e",
                Dialect.PRIMARY_KEY,
                "e.expires_at = k.expires_at AND e.conversation_id = k.conversation_id"
                    + " AND e.seq = k.seq")
            + " JOIN "
            + tables.message()
            + " m ON m.conversation_id = e.conversation_id AND m.seq = e.seq";
    this.insert =
        "INSERT INTO " + tables.expiring() + " (expires_at, conversation_id, seq) VALUES (?, ?, ?)";
    this.delete =
        "DELETE FROM "
            + tables.expiring()
            + " WHERE expires_at = ? AND conversation_id = ? AND seq = ?";
  }

  /** A message, and from when on it has expired, in ms since the epoch. */
  record Row(EntryPlace place, long expiresAt) {}

  /** What has expired, the longest ago first. */
  List<Row> due(Handle handle, long now, int limit) {
    try (Query query = handle.createQuery(due)) {
      return query
          .bind("now", now)
          .bind("limit", limit)
          .map(
              (row, context) ->
                  new Row(
                      new EntryPlace(new ConversationId(row.getString(2)), row.getLong(3)),
                      row.getLong(1)))
          .list();
    }
  }

  /** Those of these messages that nobody has purged meanwhile. */
  List<LoggedEntry> stillThere(Handle handle, Collection<Row> rows) {
    Keys keys = new Keys(EXPIRES_AT, CONVERSATION_ID, SEQ);
    rows.forEach(
        row -> keys.add(row.expiresAt(), row.place().conversationId().value(), row.place().seq()));
    try (Query query = handle.createQuery(stillThere)) {
      dialect.bindKeys(query, "k", keys);
      return query.map((row, context) -> MessageTable.entry(row)).list();
    }
  }

  void insert(Connection connection, Collection<LoggedEntry> entries) throws SQLException {
    Rows.write(connection, insert, entries, ExpiringTable::bind);
  }

  void delete(Connection connection, Collection<LoggedEntry> purged) throws SQLException {
    Rows.write(connection, delete, purged, ExpiringTable::bind);
  }

  private static void bind(PreparedStatement statement, LoggedEntry entry) throws SQLException {
    statement.setLong(1, entry.expiresAt());
    statement.setString(2, entry.conversationId().value());
    statement.setLong(3, entry.seq());
  }
}
