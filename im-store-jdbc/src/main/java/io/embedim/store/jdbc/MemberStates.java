package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.KeyColumn.CONVERSATION_ID;
import static io.embedim.store.jdbc.KeyColumn.NEW_READ_SEQ;
import static io.embedim.store.jdbc.KeyColumn.NEW_RECEIVED_SEQ;
import static io.embedim.store.jdbc.KeyColumn.USER_ID;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.Cursors;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Reads and changes what the rows of members say. */
final class MemberStates {

  private static final KeyColumn[] CURSORS = {
    CONVERSATION_ID, USER_ID, NEW_READ_SEQ, NEW_RECEIVED_SEQ
  };

  private final Dialect dialect;
  private final String lock;
  private final String moveCursors;
  private final String changeSettings;
  private final String cursorsOfAll;
  private final String cursorsOfSome;

  MemberStates(Dialect dialect, Tables tables) {
    this.dialect = dialect;
    // The log's end is read beside, not joined: the lock is on the members' rows alone.
    String ofConversation = " FROM " + tables.conversation() + " c WHERE c.id = m.conversation_id)";
    this.lock =
        dialect.locking(
            MemberState.columns(
                    dialect,
                    tables,
                    "(SELECT c.max_seq" + ofConversation,
                    "(SELECT c.updated_at" + ofConversation)
                + " FROM "
                + dialect.keyTable("k", CONVERSATION_ID, USER_ID)
                + " JOIN "
                + tables.member()
                + " m ON m.conversation_id = k.conversation_id AND m.user_id = k.user_id"
                + " ORDER BY m.conversation_id, m.user_id",
            "m");
    this.moveCursors =
        dialect.update(
            tables.member(),
            "m",
            "m.conversation_id = k.conversation_id AND m.user_id = k.user_id",
            CURSORS);
    this.changeSettings =
        "UPDATE "
            + tables.member()
            + " SET read_seq = ?, received_seq = ?, cleared_seq = ?, hidden_seq = ?, pinned = ?,"
            + " muted = ?, draft = ? WHERE conversation_id = ? AND user_id = ?";
    String isLogged =
        " AND EXISTS (SELECT 1 FROM "
            + tables.conversation()
            + " c WHERE c.id = :id AND c.max_seq > 0)";
    this.cursorsOfAll =
        "SELECT m.user_id, m.read_seq, m.received_seq FROM "
            + tables.member()
            + " m WHERE m.conversation_id = :id AND NOT m.former"
            + isLogged;
    this.cursorsOfSome =
        "SELECT m.user_id, m.read_seq, m.received_seq FROM "
            + dialect.keyTable("k", USER_ID)
            + " JOIN "
            + tables.member()
            + " m ON m.user_id = k.user_id WHERE m.conversation_id = :id AND NOT m.former"
            + isLogged;
  }

  /**
   * Locks the rows of these members until the transaction ends, in the order of their keys. Former
   * members are among them; members of a conversation in which nothing was logged are not.
   */
  Map<MemberKey, MemberState> lock(Handle handle, Collection<MemberKey> members) {
    Keys keys = new Keys(CONVERSATION_ID, USER_ID);
    members.stream()
        .distinct()
        .sorted(
            (a, b) -> {
              int byConversation = a.conversationId().compareTo(b.conversationId());
              return byConversation != 0 ? byConversation : a.userId().compareTo(b.userId());
            })
        .forEach(member -> keys.add(member.conversationId().value(), member.userId()));
    Map<MemberKey, MemberState> states = new HashMap<>();
    try (Query query = handle.createQuery(lock)) {
      dialect.bindKeys(query, "k", keys);
      query
          .map((row, context) -> MemberState.read(row))
          .filter(state -> state.maxSeq() > 0)
          .forEach(state -> states.put(state.key(), state));
    }
    return states;
  }

  /** Locks the row of one member. */
  Optional<MemberState> lock(Handle handle, MemberKey member) {
    return lock(handle, List.of(member)).values().stream().findFirst();
  }

  void moveCursors(Handle handle, Map<MemberKey, Cursors> moved) {
    Keys keys = new Keys(CURSORS);
    moved.forEach(
        (member, to) ->
            keys.add(
                member.conversationId().value(), member.userId(), to.readSeq(), to.receivedSeq()));
    Rows.update(handle, dialect, moveCursors, keys);
  }

  /** Writes what belongs to the member alone, under the lock on her row. */
  void write(Connection connection, MemberState state) throws SQLException {
    Rows.write(
        connection,
        changeSettings,
        List.of(state),
        (statement, member) -> {
          statement.setLong(1, member.cursors().readSeq());
          statement.setLong(2, member.cursors().receivedSeq());
          statement.setLong(3, member.clearedSeq());
          EntryColumns.setNullableLong(statement, 4, member.hiddenSeq());
          statement.setBoolean(5, member.pinned());
          statement.setBoolean(6, member.muted());
          statement.setString(7, member.draft());
          statement.setString(8, member.conversationId().value());
          statement.setString(9, member.userId());
        });
  }

  /** How far these members have come; without any: all of them. */
  Map<String, Cursors> cursors(Handle handle, ConversationId id, Collection<String> userIds) {
    Map<String, Cursors> cursors = new HashMap<>();
    try (Query query = handle.createQuery(userIds.isEmpty() ? cursorsOfAll : cursorsOfSome)) {
      query.bind("id", id.value());
      if (!userIds.isEmpty()) {
        Keys keys = new Keys(USER_ID);
        userIds.forEach(keys::add);
        dialect.bindKeys(query, "k", keys);
      }
      query
          .map(
              (row, context) ->
                  Map.entry(row.getString(1), new Cursors(row.getLong(2), row.getLong(3))))
          .forEach(entry -> cursors.put(entry.getKey(), entry.getValue()));
    }
    return cursors;
  }
}
