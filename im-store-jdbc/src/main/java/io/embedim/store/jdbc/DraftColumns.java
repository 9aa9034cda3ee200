package io.embedim.store.jdbc;

import io.embedim.spi.model.Content;
import io.embedim.spi.model.ContentType;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.MessageOptions;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** How a message that is not logged yet stands in the columns of a table. */
final class DraftColumns {

  /** In the order in which {@link #bind} and {@link #read} expect them. */
  static final String NAMES =
      "conversation_id, message_id, entry_type, sender_id, content_type, body, plain_text,"
          + " client_timestamp, reply_to, mentions, forwarded_from, expires_in";

  /** How many columns {@link #NAMES} names. */
  static final int COUNT = 12;

  private DraftColumns() {}

  static void bind(PreparedStatement statement, EntryDraft draft) throws SQLException {
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

  static EntryDraft read(ResultSet row) throws SQLException {
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
