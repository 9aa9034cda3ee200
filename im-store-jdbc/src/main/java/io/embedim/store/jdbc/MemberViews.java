package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.KeyColumn.CONVERSATION_ID;

import io.embedim.spi.model.ConversationHead;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.Cursors;
import io.embedim.spi.model.MemberView;
import io.embedim.spi.store.ConversationQuery;
import io.embedim.spi.store.ConversationQuery.Order;
import io.embedim.spi.store.ConversationQuery.Position;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** What a user has to do with conversations: with those that are named, or with a page of hers. */
final class MemberViews {

  /** The time of the last entry that the user may see. */
  private static final String TIME = "COALESCE(m.left_at, c.updated_at)";

  private final Dialect dialect;
  private final Tables tables;
  private final String named;

  MemberViews(Dialect dialect, Tables tables) {
    this.dialect = dialect;
    this.tables = tables;
    this.named = select(dialect.keyTable("k", CONVERSATION_ID));
  }

  List<MemberView> named(Handle handle, String userId, Collection<ConversationId> ids) {
    Keys keys = new Keys(CONVERSATION_ID);
    ids.stream().distinct().forEach(id -> keys.add(id.value()));
    if (keys.isEmpty()) {
      return List.of();
    }
    try (Query query = handle.createQuery(named)) {
      dialect.bindKeys(query, "k", keys);
      return query.bind("user", userId).map((row, context) -> read(row)).list();
    }
  }

  /** Sorted here: with all of these columns it would cost MariaDB a temporary table of its own. */
  List<MemberView> list(Handle handle, ConversationQuery query) {
    Position after = query.after();
    String page = page(query.order(), after != null);
    try (Query statement = handle.createQuery(select("(" + page + ") k"))) {
      statement.bind("user", query.userId()).bind("limit", query.limit());
      if (after != null) {
        statement.bind("time", after.updatedAt()).bind("id", after.id().value());
      }
      return statement.map((row, context) -> read(row)).stream()
          .sorted(Comparator.comparing(MemberView::head, query.order().comparator()))
          .toList();
    }
  }

  /** SQL for a user's view of conversations. */
  private String select(String ids) {
    return "SELECT "
        + MemberState.columns(dialect, tables, "c.max_seq", "c.updated_at")
        + ", p.read_seq, p.received_seq, (SELECT d.seq FROM "
        + tables.deleted()
        + " d WHERE d.user_id = m.user_id AND d.conversation_id = m.conversation_id"
        + " ORDER BY d.user_id DESC, d.conversation_id DESC, d.seq DESC LIMIT 1) FROM "
        + ids
        + " JOIN "
        + tables.member()
        + " m ON m.conversation_id = k.conversation_id AND m.user_id = :user"
        + " JOIN "
        + tables.conversation()
        + " c ON c.id = m.conversation_id AND c.max_seq > 0 LEFT JOIN "
        + tables.member()
        + " p ON c.conversation_type = "
        + ConversationTable.DIRECT
        + " AND p.conversation_id = m.conversation_id AND p.user_id <> m.user_id";
  }

  /** SQL for the ids of a page of a user's conversations. */
  private String page(Order order, boolean continued) {
    String select =
        "SELECT c.id AS conversation_id FROM "
            + tables.member()
            + " m JOIN "
            + tables.conversation()
            + " c ON c.id = m.conversation_id WHERE m.user_id = :user AND c.max_seq > 0";
    return switch (order) {
      case NEWEST_FIRST ->
          select
              + " AND (m.hidden_seq IS NULL OR "
              + MemberState.newsSinceHidden(dialect, tables, MemberState.UP_TO_HER_END)
              + ')'
              + (continued ? behind("<") : "")
              + " ORDER BY "
              + TIME
              + " DESC, c.id LIMIT :limit";
      case OLDEST_FIRST ->
          select + (continued ? behind(">") : "") + " ORDER BY " + TIME + ", c.id LIMIT :limit";
    };
  }

  private static String behind(String comparison) {
    return " AND (" + TIME + ' ' + comparison + " :time OR (" + TIME + " = :time AND c.id > :id))";
  }

  private static MemberView read(ResultSet row) throws SQLException {
    MemberState member = MemberState.read(row);
    Long peerRead = EntryColumns.nullableLong(row, MemberState.COLUMN_COUNT + 1);
    Long peerReceived = EntryColumns.nullableLong(row, MemberState.COLUMN_COUNT + 2);
    return new MemberView(
        new ConversationHead(member.conversationId(), member.maxSeq(), member.updatedAt()),
        member.left(),
        member.cursors(),
        member.visibleFromSeq(),
        member.settings(),
        row.getLong(MemberState.COLUMN_COUNT + 3),
        peerRead == null || peerReceived == null ? null : new Cursors(peerRead, peerReceived));
  }
}
