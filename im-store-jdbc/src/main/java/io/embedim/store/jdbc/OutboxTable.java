package io.embedim.store.jdbc;

import io.embedim.spi.model.Content;
import io.embedim.spi.model.ContentType;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.MessageOptions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** What the host wrote and the engine has not sent yet. */
final class OutboxTable {

  private static final String COLUMNS =
      "conversation_id, message_id, entry_type, sender_id, content_type, body, plain_text,"
          + " client_timestamp, reply_to, mentions, forwarded_from, expires_in";

  private final String lock;
  private final String insert;
  private final String oldest;
  private final String delete;
  private final String refuse;

  OutboxTable(Tables tables) {
    this.lock =
        "SELECT task FROM " + tables.lock() + " WHERE task = 'outbox' FOR UPDATE SKIP LOCKED";
    this.insert =
        "INSERT INTO "
            + tables.outbox()
            + " ("
            + COLUMNS
            + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    this.oldest = "SELECT " + COLUMNS + ", id FROM " + tables.outbox() + " WHERE refused IS NULL";
    this.delete = "DELETE FROM " + tables.outbox() + " WHERE id = ?";
    this.refuse = "UPDATE " + tables.outbox() + " SET refused = ? WHERE id = ?";
  }

  /** A message that waits. */
  record Row(long id, EntryDraft draft) {}

  /** Whether this transaction, and no other until it ends, may take messages out. */
  boolean lock(Handle handle) {
    try (Query query = handle.createQuery(lock)) {
      return query.mapTo(String.class).findFirst().isPresent();
    }
  }

  void insert(Connection connection, List<EntryDraft> drafts) throws SQLException {
    Rows.write(connection, insert, drafts, OutboxTable::bind);
  }

  /** The oldest that wait, but for those of these conversations. */
  List<Row> oldest(Handle handle, int limit, Set<ConversationId> without) {
    String condition = without.isEmpty() ? "" : " AND conversation_id NOT IN (<without>)";
    try (Query query = handle.createQuery(oldest + condition + " ORDER BY id LIMIT :limit")) {
      if (!without.isEmpty()) {
        query.bindList("without", without.stream().map(ConversationId::value).toList());
      }
      return query
          .bind("limit", limit)
          .map((row, context) -> new Row(row.getLong(13), read(row)))
          .list();
    }
  }

  void delete(Connection connection, Collection<Long> ids) throws SQLException {
    Rows.write(connection, delete, ids, (statement, id) -> statement.setLong(1, id));
  }

  /** Keeps these with the reasons why they were not sent. */
  void refuse(Connection connection, Map<Long, String> reasons) throws SQLException {
    Rows.write(
        connection,
        refuse,
        reasons.entrySet(),
        (statement, refused) -> {
          statement.setString(1, refused.getValue());
          statement.setLong(2, refused.getKey());
        });
  }

  private static void bind(PreparedStatement statement, EntryDraft draft) throws SQLException {
    MessageOptions options = draft.options();
    statement.setString(1, draft.conversationId().value());
    statement.setString(2, draft.messageId());
    statement.setInt(3, draft.type().code());
    statement.setString(4, draft.senderId());
    statement.setInt(5, draft.content().type().code());
    statement.setString(6, draft.content().body());
    statement.setString(7, draft.content().plainText());
    EntryColumns.setNullableLong(statement, 8, options.clientTimestamp());
    statement.setString(9, options.replyTo());
    statement.setString(10, EntryColumns.join(options.mentions()));
    statement.setString(11, options.forwardedFrom());
    statement.setLong(12, options.expiresIn());
  }

  private static EntryDraft read(ResultSet row) throws SQLException {
    return new EntryDraft(
        new ConversationId(row.getString(1)),
        EntryType.ofCode(row.getInt(3)),
        row.getString(2),
        row.getString(4),
        new Content(ContentType.ofCode(row.getInt(5)), row.getString(6), row.getString(7)),
        new MessageOptions(
            EntryColumns.nullableLong(row, 8),
            row.getString(9),
            EntryColumns.split(row.getString(10)),
            row.getString(11),
            row.getLong(12)),
        null);
  }
}
