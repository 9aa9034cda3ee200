package io.embedim.bench.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;

/** The rows of the engine's table of messages, written and read with plain JDBC. */
public final class RawRows {

  private static final String COLUMNS =
      "conversation_id, seq, message_id, entry_type, sender_id, created_at, content_type, body,"
          + " plain_text, client_timestamp, reply_to, mentions, forwarded_from, expires_in,"
          + " expires_at, revoked, edited_at, pinned, reaction_kinds";

  private static final int COLUMN_COUNT = 19;

  private static final String INSERT =
      " (" + COLUMNS + ") VALUES (" + "?, ".repeat(COLUMN_COUNT - 1) + "?)";

  private final String table;

  /**
   * @param prefix of the tables, which the engine's stores have made
   */
  public RawRows(String prefix) {
    this.table = prefix + "message";
  }

  /**
   * What was said, as the engine stores it.
   *
   * @param text without quotes
   */
  public record Row(
      String conversationId, long seq, String messageId, String sender, String text) {}

  /** A statement for {@link #add}. */
  public PreparedStatement insert(Connection connection) throws SQLException {
    return connection.prepareStatement("INSERT INTO " + table + INSERT);
  }

  /** Puts a row into the statement's batch. */
  public static void add(PreparedStatement insert, Row row) throws SQLException {
    insert.setString(1, row.conversationId());
    insert.setLong(2, row.seq());
    insert.setString(3, row.messageId());
    insert.setInt(4, 1);
    insert.setString(5, row.sender());
    insert.setLong(6, System.currentTimeMillis());
    insert.setInt(7, 1);
    insert.setString(8, "{\"text\":\"" + row.text() + "\"}");
    insert.setString(9, row.text());
    insert.setNull(10, Types.BIGINT);
    insert.setNull(11, Types.VARCHAR);
    insert.setNull(12, Types.VARCHAR);
    insert.setNull(13, Types.VARCHAR);
    insert.setLong(14, 0);
    insert.setNull(15, Types.BIGINT);
    insert.setBoolean(16, false);
    insert.setNull(17, Types.BIGINT);
    insert.setBoolean(18, false);
    insert.setInt(19, 0);
    insert.addBatch();
  }

  /**
   * Reads what comes behind {@code seq} in a conversation, every column of it.
   *
   * @return how many rows
   */
  public int readAfter(Connection connection, String conversationId, long seq, int limit)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT "
                + COLUMNS
                + " FROM "
                + table
                + " WHERE conversation_id = ? AND seq > ? ORDER BY seq LIMIT ?")) {
      select.setString(1, conversationId);
      select.setLong(2, seq);
      select.setInt(3, limit);
      int rows = 0;
      try (ResultSet result = select.executeQuery()) {
        while (result.next()) {
          for (int column = 1; column <= COLUMN_COUNT; column++) {
            // Fetched and decoded, as whoever wants to show a message has to.
            if (result.getObject(column) == null && column < 10) {
              throw new SQLException("column " + column + " of a message is null");
            }
          }
          rows++;
        }
      }
      return rows;
    }
  }
}
