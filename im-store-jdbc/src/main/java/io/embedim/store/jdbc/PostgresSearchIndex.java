package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.KeyColumn.AFTER_SEQ;
import static io.embedim.store.jdbc.KeyColumn.CONVERSATION_ID;
import static io.embedim.store.jdbc.KeyColumn.TOKENS;
import static io.embedim.store.jdbc.KeyColumn.UP_TO_SEQ;

import io.embedim.spi.store.SearchableMessageStore.Position;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** A GIN index on tsvectors: one search in it for each segment, in one statement. */
final class PostgresSearchIndex implements SearchIndex {

  @Override
  public String tokens() {
    return "CAST(? AS tsvector)";
  }

  /** The subquery with an offset stays one, so the index is asked and no other. */
  @Override
  public List<Position> find(
      Handle handle,
      Tables tables,
      List<Segment> segments,
      List<String> wanted,
      @Nullable String senderId) {
    Keys keys = new Keys(CONVERSATION_ID, AFTER_SEQ, UP_TO_SEQ, TOKENS);
    for (Segment segment : segments) {
      keys.add(
          segment.conversationId().value(),
          segment.afterSeq(),
          segment.upToSeq(),
          allOf(segment, wanted));
    }
    try (Query query =
        handle.createQuery(
            SearchIndex.SELECT_POSITIONS
                + ArrayKeys.table("k", CONVERSATION_ID, AFTER_SEQ, UP_TO_SEQ, TOKENS)
                + " CROSS JOIN LATERAL (SELECT * FROM "
                + tables.messageSearch()
                + " t WHERE t.terms @@ CAST(k.tokens AS tsquery) OFFSET 0) s"
                + " WHERE s.conversation_id = k.conversation_id"
                + " AND s.seq > k.after_seq AND s.seq <= k.up_to_seq"
                + SearchIndex.ofSender(senderId))) {
      ArrayKeys.bind(query, "k", keys);
      return SearchIndex.positions(query, senderId);
    }
  }

  private static String allOf(Segment segment, List<String> wanted) {
    String bucket = SearchTokens.bucket(segment.conversationId(), segment.upToSeq());
    return wanted.stream().map(token -> bucket + token + ":*").collect(Collectors.joining(" & "));
  }
}
