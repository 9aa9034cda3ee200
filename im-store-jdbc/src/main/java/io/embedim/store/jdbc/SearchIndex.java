package io.embedim.store.jdbc;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.store.SearchableMessageStore.Position;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** What differs from one full text index to the next. Safe for use by many threads. */
interface SearchIndex {

  /** Begins a statement that finds places in a table that it calls {@code s}. */
  String SELECT_POSITIONS = "SELECT s.created_at, s.conversation_id, s.seq FROM ";

  /** SQL that goes on with a condition: only from this user; null for anybody. */
  static String ofSender(@Nullable String senderId) {
    return senderId == null ? "" : " AND s.sender_id = :sender";
  }

  /** What a statement finds that was made of the two above. */
  static List<Position> positions(Query query, @Nullable String senderId) {
    if (senderId != null) {
      query.bind("sender", senderId);
    }
    return query
        .map(
            (row, context) ->
                new Position(row.getLong(1), new ConversationId(row.getString(2)), row.getLong(3)))
        .list();
  }

  /** SQL for the parameter that has a message's tokens, with spaces between them. */
  String tokens();

  /**
   * Where there are all of these tokens, or longer ones that begin with them.
   *
   * @param segments one or more, all of them indexed
   * @param wanted one or more {@link SearchTokens#wanted}
   * @param senderId only from this user; null for anybody
   * @return all places of the segments that match; there may be others
   */
  List<Position> find(
      Handle handle,
      Tables tables,
      List<Segment> segments,
      List<String> wanted,
      @Nullable String senderId);

  /** What is wrong with the server's settings, for people; empty when nothing is. */
  default List<String> problems(Handle handle) {
    return List.of();
  }
}
