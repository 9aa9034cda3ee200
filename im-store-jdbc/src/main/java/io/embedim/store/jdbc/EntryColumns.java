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
import java.sql.Types;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How an entry stands in the columns of the table of messages. */
final class EntryColumns {

  /** In the order in which {@link #read} and {@link #bind} expect them. */
  private static final List<String> NAMES =
      List.of(
          "conversation_id",
          "seq",
          "message_id",
          "entry_type",
          "sender_id",
          "created_at",
          "content_type",
          "body",
          "plain_text",
          "client_timestamp",
          "reply_to",
          "mentions",
          "forwarded_from",
          "expires_in",
          "expires_at",
          "revoked",
          "edited_at",
          "pinned",
          "reaction_kinds");

  private EntryColumns() {}

  /** The columns of the table that the statement calls {@code m}. */
  static String ofM() {
    return NAMES.stream().map(name -> "m." + name).collect(Collectors.joining(", "));
  }

  static String insertInto(String table) {
    return "INSERT INTO "
        + table
        + " ("
        + String.join(", ", NAMES)
        + ") VALUES ("
        + "?, ".repeat(NAMES.size() - 1)
        + "?)";
  }

  /** The codes of the types of a kind, for an IN list. */
  static String codesOf(EntryType.Kind... kinds) {
    return Arrays.stream(EntryType.values())
        .filter(type -> List.of(kinds).contains(type.kind()))
        .map(type -> Integer.toString(type.code()))
        .collect(Collectors.joining(", "));
  }

  static EntryRow read(ResultSet row) throws SQLException {
    MessageOptions options =
        new MessageOptions(
            nullableLong(row, 10),
            row.getString(11),
            split(row.getString(12)),
            row.getString(13),
            row.getLong(14));
    return new EntryRow(
        new ConversationId(row.getString(1)),
        row.getLong(2),
        row.getString(3),
        EntryType.ofCode(row.getInt(4)),
        row.getString(5),
        row.getLong(6),
        new Content(ContentType.ofCode(row.getInt(7)), row.getString(8), row.getString(9)),
        options,
        row.getBoolean(16),
        nullableLong(row, 17),
        row.getBoolean(18),
        row.getInt(19));
  }

  static void bind(PreparedStatement insert, LoggedEntry entry) throws SQLException {
    EntryDraft draft = entry.draftToStore();
    MessageOptions options = draft.options();
    insert.setString(1, draft.conversationId().value());
    insert.setLong(2, entry.seq());
    insert.setString(3, draft.messageId());
    insert.setInt(4, draft.type().code());
    insert.setString(5, draft.senderId());
    insert.setLong(6, entry.timestamp());
    insert.setInt(7, draft.content().type().code());
    insert.setString(8, draft.content().body());
    insert.setString(9, draft.content().plainText());
    setNullableLong(insert, 10, options.clientTimestamp());
    insert.setString(11, options.replyTo());
    insert.setString(12, join(options.mentions()));
    insert.setString(13, options.forwardedFrom());
    insert.setLong(14, options.expiresIn());
    setNullableLong(
        insert, 15, options.expiresIn() == 0 ? null : options.expiresAt(entry.timestamp()));
    insert.setBoolean(16, entry.revoked());
    setNullableLong(insert, 17, entry.editedAt());
    insert.setBoolean(18, entry.pin().isOn());
    insert.setInt(19, entry.reactions().kindCountToStore());
  }

  static void setNullableLong(PreparedStatement statement, int position, @Nullable Long value)
      throws SQLException {
    if (value == null) {
      statement.setNull(position, Types.BIGINT);
    } else {
      statement.setLong(position, value);
    }
  }

  static @Nullable Long nullableLong(ResultSet row, int position) throws SQLException {
    long value = row.getLong(position);
    return row.wasNull() ? null : value;
  }

  static @Nullable String join(List<String> mentions) {
    return mentions.isEmpty() ? null : String.join(" ", mentions);
  }

  static List<String> split(@Nullable String mentions) {
    return mentions == null ? List.of() : List.of(mentions.split(" ", -1));
  }
}
