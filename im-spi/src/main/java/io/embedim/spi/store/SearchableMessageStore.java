package io.embedim.spi.store;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.LogEntry;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message store that can look for text. */
public interface SearchableMessageStore extends MessageStore {

  /**
   * Finds messages whose plain text {@linkplain SearchText#isFoundBy is found by} a query: all of
   * them and no others, on every backend, whatever it has for an index. Only messages that the user
   * may see: in the conversations that she belongs to, or belonged to until she left; from her
   * visible beginning, not cleared, not deleted by her, not revoked, not expired. An edited message
   * is found by what it says now. Events and revisions are not found.
   *
   * <p>What was committed before the call is found; of what is committed, changed or revoked
   * meanwhile some may be. Nothing is read from a copy that lags behind.
   *
   * @return in the order of {@link Position}; fewer than {@link Search#limit} only where there are
   *     no more
   */
  List<LogEntry> search(Search search);

  /**
   * What to look for.
   *
   * @param userId on whose behalf
   * @param query what the message's plain text has to say, a {@linkplain SearchText#isQuery query}
   * @param conversationId only here; null for all of the user's conversations
   * @param senderId only from this user; null for anybody
   * @param from not before this time in ms since the epoch; 0 for the beginning
   * @param until before this time in ms since the epoch; {@link Long#MAX_VALUE} for no end
   * @param after continue behind this position, which is that of a message, of a result for
   *     example; null for the beginning
   * @param limit how many at most, 1 or more
   * @param now the time that decides what has expired, in ms since the epoch
   */
  record Search(
      String userId,
      SearchText query,
      @Nullable ConversationId conversationId,
      @Nullable String senderId,
      long from,
      long until,
      @Nullable Position after,
      int limit,
      long now) {

    /**
     * @throws IllegalArgumentException when {@code query} is none, or {@code limit} is less than 1
     */
    public Search {
      if (!query.isQuery()) {
        throw new IllegalArgumentException(
            "a query has 1 to "
                + SearchText.MAX_TERMS
                + " terms, got "
                + (query.words().size() + query.runs().size()));
      }
      if (limit < 1) {
        throw new IllegalArgumentException("limit is " + limit + ", expected 1 or more");
      }
    }
  }

  /**
   * A place in the order of the results: the newest come first; among equals by conversation id and
   * then by descending seq.
   *
   * @param timestamp the message's time, in ms since the epoch
   * @param conversationId where it was said
   * @param seq which one it is
   */
  record Position(long timestamp, ConversationId conversationId, long seq)
      implements Comparable<Position> {

    private static final Comparator<Position> ORDER =
        Comparator.comparingLong(Position::timestamp)
            .reversed()
            .thenComparing(Position::conversationId)
            .thenComparing(Comparator.comparingLong(Position::seq).reversed());

    /** Where an entry stands. */
    public static Position of(LogEntry entry) {
      return new Position(entry.timestamp(), entry.conversationId(), entry.seq());
    }

    @Override
    public int compareTo(Position other) {
      return ORDER.compare(this, other);
    }
  }
}
