package io.embedim.store.jdbc;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.Member;
import io.embedim.spi.model.Membership;
import io.embedim.spi.model.MembershipDelta;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Reads who belongs to a group. What is read of a membership comes with its version in one
 * statement, so that nobody takes members of one version for those of a later one.
 */
final class Memberships {

  private static final int VERSION = MemberColumns.COUNT + 1;
  private static final int ACTIVE = MemberColumns.COUNT + 2;
  private static final int ALL_MUTED = MemberColumns.COUNT + 3;
  private static final int FORMER = MemberColumns.COUNT + 4;

  private final String all;
  private final String changed;
  private final String page;

  Memberships(Dialect dialect, Tables tables) {
    // A membership without members is found too: in a row that has nulls in their place.
    String select =
        "SELECT "
            + MemberColumns.OF_M
            + ", c.membership_version, c.active, c.all_muted, m.former FROM "
            + tables.conversation()
            + " c LEFT JOIN "
            + tables.member()
            + " m";
    this.all =
        select
            + dialect.byIndex(Dialect.PRIMARY_KEY)
            + " ON m.conversation_id = :id AND NOT m.former WHERE c.id = :id";
    this.changed =
        select
            + dialect.byIndex(tables.memberChanged())
            + " ON m.conversation_id = :id AND m.changed_version > :version WHERE c.id = :id";
    // The whole key stands in the order, so that the index gives it.
    this.page =
        "SELECT "
            + MemberColumns.OF_M
            + " FROM "
            + tables.member()
            + " m"
            + dialect.byIndex(tables.memberListed())
            + " WHERE m.conversation_id = :id AND m.former = FALSE"
            + " ORDER BY m.conversation_id, m.former, m.member_role DESC, m.user_id"
            + " LIMIT :limit OFFSET :offset";
  }

  /** All of them now; empty when there is no such group. */
  Optional<Membership> all(Handle handle, ConversationId id) {
    try (Query query = handle.createQuery(all)) {
      List<Row> rows = query.bind("id", id.value()).map((row, context) -> read(row)).list();
      Map<String, Member> members = new HashMap<>();
      for (Row row : rows) {
        Member member = row.member();
        if (member != null) {
          members.put(member.userId(), member);
        }
      }
      return rows.stream()
          .findFirst()
          .map(Row::state)
          .map(
              state ->
                  new Membership(id, state.version(), state.active(), state.allMuted(), members));
    }
  }

  /** What is different from an older version; empty when there is no such group. */
  Optional<MembershipDelta> changedSince(Handle handle, ConversationId id, long version) {
    try (Query query = handle.createQuery(changed)) {
      List<Row> rows =
          query
              .bind("id", id.value())
              .bind("version", version)
              .map((row, context) -> read(row))
              .list();
      List<Member> members = new ArrayList<>();
      Set<String> gone = new HashSet<>();
      for (Row row : rows) {
        Member member = row.member();
        if (member != null && row.former()) {
          gone.add(member.userId());
        } else if (member != null) {
          members.add(member);
        }
      }
      return rows.stream()
          .findFirst()
          .map(Row::state)
          .map(
              state ->
                  new MembershipDelta(
                      state.version(), state.active(), state.allMuted(), members, gone));
    }
  }

  /** A page of members: the owner, then admins, then members, each by user id. */
  List<Member> page(Handle handle, ConversationId id, int offset, int limit) {
    try (Query query = handle.createQuery(page)) {
      return query
          .bind("id", id.value())
          .bind("limit", limit)
          .bind("offset", offset)
          .map((row, context) -> MemberColumns.read(row))
          .list();
    }
  }

  private static Row read(ResultSet row) throws SQLException {
    Member member = row.getString(1) == null ? null : MemberColumns.read(row);
    return new Row(
        member,
        row.getBoolean(FORMER),
        new MembershipState(
            row.getLong(VERSION), row.getBoolean(ACTIVE), row.getBoolean(ALL_MUTED)));
  }

  private record Row(@Nullable Member member, boolean former, MembershipState state) {}
}
