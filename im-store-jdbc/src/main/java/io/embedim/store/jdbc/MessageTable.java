package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.KeyColumn.CONVERSATION_ID;
import static io.embedim.store.jdbc.KeyColumn.MESSAGE_ID;

import io.embedim.spi.model.Content;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** What an append reads from the logs and writes to them. */
final class MessageTable {

  private final Dialect dialect;
  private final String find;
  private final String insert;
  private final String revise;
  private final String scrubEdits;
  private final String forgetOrigins;

  MessageTable(Dialect dialect, Tables tables) {
    this.dialect = dialect;
    this.find =
        "SELECT "
            + columns(tables)
            + " FROM "
            + dialect.lookUp(
                dialect.keyTable("k", CONVERSATION_ID, MESSAGE_ID),
                tables.message(),
                "m",
                tables.messageKey(),
                "m.conversation_id = k.conversation_id AND m.message_id = k.message_id");
    this.insert = EntryColumns.insertInto(tables.message());
    this.revise =
        "UPDATE "
            + tables.message()
            + " SET content_type = COALESCE(?, content_type), body = COALESCE(?, body),"
            + " plain_text = COALESCE(?, plain_text), revoked = ?, edited_at = ?, pinned = ?,"
            + " reaction_kinds = ? WHERE conversation_id = ? AND seq = ?";
    this.scrubEdits =
        "UPDATE "
            + tables.message()
            + " SET content_type = ?, body = ?, plain_text = ?"
            + " WHERE conversation_id = ? AND entry_type = "
            + EntryType.EDIT.code()
            + " AND seq IN (SELECT r.seq FROM "
            + tables.revision()
            + " r WHERE r.conversation_id = ? AND r.target_seq = ?)";
    this.forgetOrigins =
        "UPDATE "
            + tables.message()
            + " SET forwarded_from = NULL WHERE conversation_id = ? AND seq = ?";
  }

  /**
   * What an append looks at, for {@link #entry}, of the table that the statement calls {@code m}.
   */
  static String columns(Tables tables) {
    return "m.conversation_id, m.seq, m.message_id, m.entry_type, m.sender_id, m.created_at,"
        + " m.revoked, m.edited_at, m.pinned, m.reaction_kinds, m.expires_at, EXISTS (SELECT 1 FROM "
        + tables.pastContent()
        + " h WHERE h.conversation_id = m.conversation_id AND h.message_seq = m.seq)";
  }

  /** Finds the entries that have these keys. */
  Map<EntryKey, LoggedEntry> find(Handle handle, Collection<EntryKey> wanted) {
    Map<EntryKey, LoggedEntry> found = new HashMap<>();
    if (wanted.isEmpty()) {
      return found;
    }
    Keys keys = new Keys(CONVERSATION_ID, MESSAGE_ID);
    wanted.forEach(key -> keys.add(key.conversationId().value(), key.messageId()));
    try (Query query = handle.createQuery(find)) {
      dialect.bindKeys(query, "k", keys);
      query
          .map((row, context) -> Map.entry(key(row), entry(row)))
          .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
    }
    return found;
  }

  void insert(Connection connection, Collection<LoggedEntry> entries) throws SQLException {
    Rows.write(connection, insert, entries, EntryColumns::bind);
  }

  void revise(Connection connection, Collection<LoggedEntry> entries) throws SQLException {
    Rows.write(connection, revise, entries, MessageTable::bindRevised);
  }

  /** Lets the entries that edited these messages say what they say from now on. */
  void scrubEdits(Connection connection, Collection<LoggedEntry> forgotten) throws SQLException {
    Rows.write(
        connection,
        scrubEdits,
        forgotten,
        (statement, target) -> {
          Content content = target.editsSay().content();
          statement.setInt(1, content.type().code());
          statement.setString(2, content.body());
          statement.setString(3, content.plainText());
          statement.setString(4, target.conversationId().value());
          statement.setString(5, target.conversationId().value());
          statement.setLong(6, target.seq());
        });
  }

  /** Where these messages were forwarded from is not known any more. */
  void forgetOrigins(Connection connection, Collection<LoggedEntry> messages) throws SQLException {
    Rows.write(
        connection,
        forgetOrigins,
        messages,
        (statement, message) -> {
          statement.setString(1, message.conversationId().value());
          statement.setLong(2, message.seq());
        });
  }

  private static EntryKey key(ResultSet row) throws SQLException {
    return new EntryKey(new ConversationId(row.getString(1)), row.getString(3));
  }

  /** An entry of which the row has the {@link #columns}. */
  static LoggedEntry entry(ResultSet row) throws SQLException {
    return LoggedEntry.stored(
        new EntryPlace(new ConversationId(row.getString(1)), row.getLong(2)),
        EntryType.ofCode(row.getInt(4)),
        row.getString(5),
        row.getLong(6),
        new LoggedEntry.State(
            row.getBoolean(7),
            EntryColumns.nullableLong(row, 8),
            row.getBoolean(9),
            row.getInt(10),
            row.getLong(11),
            row.getBoolean(12)));
  }

  private static void bindRevised(PreparedStatement statement, LoggedEntry entry)
      throws SQLException {
    Content content = entry.newContent();
    if (content == null) {
      statement.setNull(1, Types.SMALLINT);
      statement.setNull(2, Types.VARCHAR);
      statement.setNull(3, Types.VARCHAR);
    } else {
      statement.setInt(1, content.type().code());
      statement.setString(2, content.body());
      statement.setString(3, content.plainText());
    }
    statement.setBoolean(4, entry.revoked());
    EntryColumns.setNullableLong(statement, 5, entry.editedAt());
    statement.setBoolean(6, entry.pin().isOn());
    statement.setInt(7, entry.reactions().kindCountToStore());
    statement.setString(8, entry.conversationId().value());
    statement.setLong(9, entry.seq());
  }
}
