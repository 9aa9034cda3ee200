package io.embedim.store.jdbc;

import io.embedim.spi.model.Member;
import io.embedim.spi.model.MemberRole;
import java.sql.ResultSet;
import java.sql.SQLException;

/** How a member stands in the columns of the table of members. */
final class MemberColumns {

  /** How many columns {@link #OF_M} names. */
  static final int COUNT = 7;

  /** The columns of the table that the statement calls {@code m}. */
  static final String OF_M =
      "m.user_id, m.member_role, m.nickname, m.muted_until, m.joined_at, m.invited_by,"
          + " m.visible_from_seq";

  private MemberColumns() {}

  static Member read(ResultSet row) throws SQLException {
    return new Member(
        row.getString(1),
        MemberRole.ofCode(row.getInt(2)),
        row.getString(3),
        row.getLong(4),
        row.getLong(5),
        row.getString(6),
        row.getLong(7));
  }
}
