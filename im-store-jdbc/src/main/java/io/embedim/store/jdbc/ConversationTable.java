package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.KeyColumn.CONVERSATION_ID;
import static io.embedim.store.jdbc.KeyColumn.NEW_MAX_SEQ;
import static io.embedim.store.jdbc.KeyColumn.NEW_PINNED_MESSAGES;
import static io.embedim.store.jdbc.KeyColumn.NEW_UPDATED_AT;

import io.embedim.spi.model.ConversationHead;
import io.embedim.spi.model.ConversationId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The ends of the logs. Whoever writes to a log holds the lock on the conversation's row. */
final class ConversationTable {

  /** The code of a one-to-one conversation in the table. */
  static final int DIRECT = 1;

  private static final int GROUP = 2;

  private static final KeyColumn[] ENDS = {
    CONVERSATION_ID, NEW_MAX_SEQ, NEW_UPDATED_AT, NEW_PINNED_MESSAGES
  };

  private final Dialect dialect;
  private final String lock;
  private final String heads;
  private final String insert;
  private final String update;
  private final String updateMembership;

  ConversationTable(Dialect dialect, Tables tables) {
    this.dialect = dialect;
    String fromKeys =
        " FROM "
            + dialect.keyTable("k", CONVERSATION_ID)
            + " JOIN "
            + tables.conversation()
            + " c ON c.id = k.conversation_id";
    this.lock =
        dialect.locking(
            "c.id, c.membership_version, c.active, c.all_muted, c.max_seq, c.updated_at,"
                + " c.pinned_messages"
                + fromKeys
                + " ORDER BY c.id",
            "c");
    this.heads = "SELECT c.id, c.max_seq, c.updated_at" + fromKeys + " AND c.max_seq > 0";
    this.insert =
        "INSERT INTO "
            + tables.conversation()
            + " (id, conversation_type, membership_version, active, all_muted, max_seq,"
            + " updated_at, pinned_messages) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    this.update = dialect.update(tables.conversation(), "c", "c.id = k.conversation_id", ENDS);
    this.updateMembership =
        "UPDATE "
            + tables.conversation()
            + " SET membership_version = ?, active = ?, all_muted = ?, max_seq = ?, updated_at = ?"
            + " WHERE id = ?";
  }

  /**
   * Locks the rows of these conversations until the transaction ends, in the order of their ids, so
   * that two batches cannot wait for each other.
   *
   * @return an end for each of them, also for those that have no row
   */
  Map<ConversationId, LogEnd> lock(Handle handle, SortedSet<ConversationId> ids) {
    Map<ConversationId, LogEnd> ends = new HashMap<>();
    ids.forEach(id -> ends.put(id, LogEnd.absent(id)));
    try (Query query = handle.createQuery(lock)) {
      dialect.bindKeys(query, "k", keys(ids));
      query
          .map(
              (row, context) ->
                  LogEnd.stored(
                      new ConversationId(row.getString(1)),
                      new MembershipState(row.getLong(2), row.getBoolean(3), row.getBoolean(4)),
                      row.getLong(5),
                      row.getLong(6),
                      row.getInt(7)))
          .forEach(end -> ends.put(end.id(), end));
    }
    return ends;
  }

  Map<ConversationId, ConversationHead> heads(Handle handle, Collection<ConversationId> ids) {
    Map<ConversationId, ConversationHead> heads = new HashMap<>();
    try (Query query = handle.createQuery(this.heads)) {
      dialect.bindKeys(query, "k", keys(ids));
      query
          .map(
              (row, context) ->
                  new ConversationHead(
                      new ConversationId(row.getString(1)), row.getLong(2), row.getLong(3)))
          .forEach(head -> heads.put(head.id(), head));
    }
    return heads;
  }

  /** Creates conversations; fails with a duplicate key when somebody else just did. */
  void insert(Connection connection, Collection<LogEnd> ends) throws SQLException {
    Rows.write(
        connection,
        insert,
        ends,
        (statement, end) -> {
          statement.setString(1, end.id().value());
          statement.setInt(2, end.id().isGroup() ? GROUP : DIRECT);
          statement.setLong(3, end.version());
          statement.setBoolean(4, end.membership().active());
          statement.setBoolean(5, end.membership().allMuted());
          statement.setLong(6, end.maxSeq());
          statement.setLong(7, end.updatedAt());
          statement.setInt(8, end.pinnedMessages());
        });
  }

  /** Writes the end of a log, and what became of the membership. */
  void updateMembership(Connection connection, LogEnd end) throws SQLException {
    Rows.write(
        connection,
        updateMembership,
        List.of(end),
        (statement, changed) -> {
          statement.setLong(1, changed.version());
          statement.setBoolean(2, changed.membership().active());
          statement.setBoolean(3, changed.membership().allMuted());
          statement.setLong(4, changed.maxSeq());
          statement.setLong(5, changed.updatedAt());
          statement.setString(6, changed.id().value());
        });
  }

  void update(Handle handle, Collection<LogEnd> ends) {
    Keys keys = new Keys(ENDS);
    ends.forEach(
        end ->
            keys.add(end.id().value(), end.maxSeq(), end.updatedAt(), (long) end.pinnedMessages()));
    Rows.update(handle, dialect, update, keys);
  }

  private static Keys keys(Collection<ConversationId> ids) {
    Keys keys = new Keys(CONVERSATION_ID);
    ids.forEach(id -> keys.add(id.value()));
    return keys;
  }
}
