package io.embedim.store.jdbc;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.Member;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Who belongs to a conversation. */
final class MemberTable {

  private final String insert;

  MemberTable(Tables tables) {
    this.insert =
        "INSERT INTO "
            + tables.member()
            + " (conversation_id, user_id, member_role, nickname, muted_until, joined_at,"
            + " invited_by, former, visible_from_seq, read_seq, received_seq, cleared_seq,"
            + " hidden_seq, pinned, muted, draft)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, FALSE, ?, 0, 0, 0, NULL, FALSE, FALSE, NULL)";
  }

  /** Writes the members of one-to-one conversations that were just created. */
  void insertDirect(Connection connection, Collection<LogEnd> created) throws SQLException {
    List<Row> rows = new ArrayList<>();
    for (LogEnd end : created) {
      for (String userId : end.id().directMembers()) {
        rows.add(new Row(end.id(), Member.ofDirect(userId)));
      }
    }
    Rows.write(
        connection,
        insert,
        rows,
        (statement, row) -> {
          Member member = row.member();
          statement.setString(1, row.conversationId().value());
          statement.setString(2, member.userId());
          statement.setInt(3, member.role().code());
          statement.setString(4, member.nickname());
          statement.setLong(5, member.mutedUntil());
          statement.setLong(6, member.joinedAt());
          statement.setString(7, member.invitedBy());
          statement.setLong(8, member.visibleFromSeq());
        });
  }

  private record Row(ConversationId conversationId, Member member) {}
}
