package io.embedim.store.jdbc;

import io.embedim.spi.model.ConversationHead;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.store.ConversationQuery;
import io.embedim.spi.store.ConversationQuery.Order;
import io.embedim.spi.store.ConversationQuery.Position;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Pages of the heads of a user's conversations. */
final class HeadQueries {

  private final String select;

  HeadQueries(Tables tables) {
    this.select =
        "SELECT c.id, c.max_seq, c.updated_at FROM "
            + tables.member()
            + " m JOIN "
            + tables.conversation()
            + " c ON c.id = m.conversation_id WHERE m.user_id = :user AND NOT m.former";
  }

  List<ConversationHead> list(Handle handle, ConversationQuery query) {
    Position after = query.after();
    try (Query statement = handle.createQuery(sql(query.order(), after != null))) {
      statement.bind("user", query.userId()).bind("limit", query.limit());
      if (after != null) {
        statement.bind("time", after.updatedAt()).bind("id", after.id().value());
      }
      return statement
          .map(
              (row, context) ->
                  new ConversationHead(
                      new ConversationId(row.getString(1)), row.getLong(2), row.getLong(3)))
          .list();
    }
  }

  private String sql(Order order, boolean continued) {
    return switch (order) {
      case NEWEST_FIRST ->
          select
              + " AND (m.hidden_seq IS NULL OR m.hidden_seq < c.max_seq)"
              + (continued ? behind("<") : "")
              + " ORDER BY c.updated_at DESC, c.id LIMIT :limit";
      case OLDEST_FIRST ->
          select + (continued ? behind(">") : "") + " ORDER BY c.updated_at, c.id LIMIT :limit";
    };
  }

  private static String behind(String comparison) {
    return " AND (c.updated_at " + comparison + " :time OR (c.updated_at = :time AND c.id > :id))";
  }
}
