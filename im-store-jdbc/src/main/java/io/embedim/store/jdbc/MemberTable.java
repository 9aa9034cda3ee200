package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.KeyColumn.CONVERSATION_ID;
import static io.embedim.store.jdbc.KeyColumn.NEW_CHANGED_VERSION;
import static io.embedim.store.jdbc.KeyColumn.NEW_FORMER;
import static io.embedim.store.jdbc.KeyColumn.NEW_INVITED_BY;
import static io.embedim.store.jdbc.KeyColumn.NEW_JOINED_AT;
import static io.embedim.store.jdbc.KeyColumn.NEW_LEFT_AT;
import static io.embedim.store.jdbc.KeyColumn.NEW_LEFT_SEQ;
import static io.embedim.store.jdbc.KeyColumn.NEW_MEMBER_ROLE;
import static io.embedim.store.jdbc.KeyColumn.NEW_MUTED_UNTIL;
import static io.embedim.store.jdbc.KeyColumn.NEW_NICKNAME;
import static io.embedim.store.jdbc.KeyColumn.NEW_READ_SEQ;
import static io.embedim.store.jdbc.KeyColumn.NEW_RECEIVED_SEQ;
import static io.embedim.store.jdbc.KeyColumn.NEW_VISIBLE_FROM_SEQ;
import static io.embedim.store.jdbc.KeyColumn.USER_ID;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.Cursors;
import io.embedim.spi.model.Member;
import io.embedim.spi.model.Membership;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Who belongs to a conversation. Whoever changes that holds the lock on the conversation's row; the
 * rows of members are locked too, because their cursors move without it.
 */
final class MemberTable {

  private static final KeyColumn[] MEMBERSHIP = {
    CONVERSATION_ID,
    USER_ID,
    NEW_MEMBER_ROLE,
    NEW_NICKNAME,
    NEW_MUTED_UNTIL,
    NEW_JOINED_AT,
    NEW_INVITED_BY,
    NEW_FORMER,
    NEW_LEFT_SEQ,
    NEW_LEFT_AT,
    NEW_VISIBLE_FROM_SEQ,
    NEW_READ_SEQ,
    NEW_RECEIVED_SEQ,
    NEW_CHANGED_VERSION
  };

  private final Dialect dialect;
  private final String insert;
  private final String lock;
  private final String update;

  MemberTable(Dialect dialect, Tables tables) {
    this.dialect = dialect;
    this.insert =
        "INSERT INTO "
            + tables.member()
            + " (conversation_id, user_id, member_role, nickname, muted_until, joined_at,"
            + " invited_by, former, visible_from_seq, read_seq, received_seq, cleared_seq,"
            + " hidden_seq, pinned, muted, draft, changed_version)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, FALSE, ?, ?, ?, 0, NULL, FALSE, FALSE, NULL, ?)";
    this.lock =
        dialect.locking(
            MemberColumns.OF_M
                + ", m.read_seq, m.received_seq, m.left_seq, m.left_at FROM "
                + dialect.keyTable("k", CONVERSATION_ID, USER_ID)
                + " JOIN "
                + tables.member()
                + " m ON m.conversation_id = k.conversation_id AND m.user_id = k.user_id"
                + " ORDER BY m.conversation_id, m.user_id",
            "m");
    this.update =
        dialect.update(
            tables.member(),
            "m",
            "m.conversation_id = k.conversation_id AND m.user_id = k.user_id",
            MEMBERSHIP);
  }

  /** Writes the members of one-to-one conversations that were just created. */
  void insertDirect(Connection connection, Collection<LogEnd> created) throws SQLException {
    List<NewRow> rows = new ArrayList<>();
    for (LogEnd end : created) {
      for (String userId : end.id().directMembers()) {
        MemberRow member = new MemberRow(Member.ofDirect(userId), Cursors.NONE, null);
        rows.add(new NewRow(end.id(), member, Membership.DIRECT_VERSION));
      }
    }
    insert(connection, rows);
  }

  /** Writes members who were never in the conversation before, as of its version. */
  void insert(Connection connection, LogEnd end, Collection<MemberRow> members)
      throws SQLException {
    insert(
        connection,
        members.stream().map(member -> new NewRow(end.id(), member, end.version())).toList());
  }

  /** Locks the rows of these users until the transaction ends, former members' too. */
  Map<String, MemberRow> lock(Handle handle, ConversationId id, SortedSet<String> userIds) {
    Map<String, MemberRow> rows = new HashMap<>();
    if (userIds.isEmpty()) {
      return rows;
    }
    Keys keys = new Keys(CONVERSATION_ID, USER_ID);
    userIds.forEach(userId -> keys.add(id.value(), userId));
    try (Query query = handle.createQuery(lock)) {
      dialect.bindKeys(query, "k", keys);
      query.map((row, context) -> read(row)).forEach(row -> rows.put(row.userId(), row));
    }
    return rows;
  }

  /** Writes what became of members, under the locks on their rows, as of this version. */
  void update(Handle handle, LogEnd end, Collection<MemberRow> changed) {
    Keys keys = new Keys(MEMBERSHIP);
    for (MemberRow row : changed) {
      Member member = row.member();
      MemberRow.End left = row.end();
      keys.add(
          end.id().value(),
          member.userId(),
          (long) member.role().code(),
          member.nickname(),
          member.mutedUntil(),
          member.joinedAt(),
          member.invitedBy(),
          row.former(),
          left == null ? null : (Long) left.seq(),
          left == null ? null : (Long) left.time(),
          member.visibleFromSeq(),
          row.cursors().readSeq(),
          row.cursors().receivedSeq(),
          end.version());
    }
    Rows.update(handle, dialect, update, keys);
  }

  private void insert(Connection connection, Collection<NewRow> rows) throws SQLException {
    Rows.write(
        connection,
        insert,
        rows,
        (statement, row) -> {
          Member member = row.row().member();
          statement.setString(1, row.conversationId().value());
          statement.setString(2, member.userId());
          statement.setInt(3, member.role().code());
          statement.setString(4, member.nickname());
          statement.setLong(5, member.mutedUntil());
          statement.setLong(6, member.joinedAt());
          statement.setString(7, member.invitedBy());
          statement.setLong(8, member.visibleFromSeq());
          statement.setLong(9, row.row().cursors().readSeq());
          statement.setLong(10, row.row().cursors().receivedSeq());
          statement.setLong(11, row.version());
        });
  }

  private static MemberRow read(ResultSet row) throws SQLException {
    Long leftSeq = EntryColumns.nullableLong(row, MemberColumns.COUNT + 3);
    return new MemberRow(
        MemberColumns.read(row),
        new Cursors(row.getLong(MemberColumns.COUNT + 1), row.getLong(MemberColumns.COUNT + 2)),
        leftSeq == null ? null : new MemberRow.End(leftSeq, row.getLong(MemberColumns.COUNT + 4)));
  }

  private record NewRow(ConversationId conversationId, MemberRow row, long version) {}
}
