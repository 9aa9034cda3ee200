package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.KeyColumn.CONVERSATION_ID;
import static io.embedim.store.jdbc.KeyColumn.UP_TO_SEQ;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.store.SearchableMessageStore.Position;
import io.embedim.spi.store.SearchableMessageStore.Search;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** What a user may see of her conversations, and when it was said. */
final class SearchStretches {

  /** Conversations that are asked about with one statement. */
  static final int AT_ONCE = 200;

  /** The time of the last entry that the user may see. */
  private static final String TIME = "COALESCE(m.left_at, c.updated_at)";

  private final Dialect dialect;
  private final boolean indexed;
  private final String select;
  private final String time;

  SearchStretches(Dialect dialect, Tables tables) {
    this.dialect = dialect;
    this.indexed = dialect.searchIndex() != null;
    this.select =
        "SELECT c.id, m.visible_from_seq, m.cleared_seq, COALESCE(m.left_seq, c.max_seq), "
            + TIME
            + (indexed ? ", p.after_seq, p.up_to_seq" : "")
            + " FROM "
            + tables.member()
            + " m JOIN "
            + tables.conversation()
            + " c ON c.id = m.conversation_id"
            + (indexed
                ? " LEFT JOIN " + tables.searchIndexed() + " p ON p.conversation_id = c.id"
                : "")
            + " WHERE m.user_id = :user";
    // The whole key stands in the order, so that the index gives the entry first.
    this.time =
        "(SELECT m.created_at FROM "
            + tables.message()
            + " m"
            + dialect.byIndex(Dialect.PRIMARY_KEY)
            + " WHERE m.conversation_id = k.conversation_id AND m.seq <= k.up_to_seq"
            + " ORDER BY m.conversation_id DESC, m.seq DESC LIMIT 1)";
  }

  /**
   * A page of what is to be searched, the conversation with the newest entry first.
   *
   * @param behind the last conversation of the page before; null for the first page
   */
  List<SearchCursor> list(Handle handle, Search search, @Nullable Position behind) {
    ConversationId only = search.conversationId();
    try (Query query =
        handle.createQuery(
            select
                + (only == null ? "" : " AND m.conversation_id = :only")
                + (behind == null
                    ? ""
                    : " AND (" + TIME + " < :time OR (" + TIME + " = :time AND c.id > :id))")
                + " ORDER BY "
                + TIME
                + " DESC, c.id LIMIT :limit")) {
      query.bind("user", search.userId()).bind("limit", AT_ONCE);
      if (only != null) {
        query.bind("only", only.value());
      }
      if (behind != null) {
        query.bind("time", behind.timestamp()).bind("id", behind.conversationId().value());
      }
      return query.map((row, context) -> cursor(row)).list();
    }
  }

  /**
   * When the last entries up to these were logged, in ms since the epoch; those before which there
   * is nothing are left out.
   */
  Map<ConversationId, Long> times(Handle handle, Map<ConversationId, Long> upTo) {
    Keys keys = new Keys(CONVERSATION_ID, UP_TO_SEQ);
    upTo.forEach((id, seq) -> keys.add(id.value(), seq));
    Map<ConversationId, Long> times = new HashMap<>();
    for (Keys part : keys.parts(AT_ONCE)) {
      try (Query query = dialect.numbers(handle, time, part)) {
        query
            .map((row, context) -> new Time(row.getString(1), EntryColumns.nullableLong(row, 2)))
            .forEach(found -> found.addTo(times));
      }
    }
    return times;
  }

  private SearchCursor cursor(ResultSet row) throws SQLException {
    return new SearchCursor(
        new ConversationId(row.getString(1)),
        Math.max(row.getLong(2) - 1, row.getLong(3)),
        row.getLong(4),
        row.getLong(5),
        indexed ? new IndexedPart(row.getLong(6), row.getLong(7)) : IndexedPart.NONE);
  }

  private record Time(String conversationId, @Nullable Long value) {

    void addTo(Map<ConversationId, Long> times) {
      if (value != null) {
        times.put(new ConversationId(conversationId), value);
      }
    }
  }
}
