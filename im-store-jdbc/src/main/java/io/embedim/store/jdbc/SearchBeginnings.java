package io.embedim.store.jdbc;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.store.SearchableMessageStore.Position;
import io.embedim.spi.store.SearchableMessageStore.Search;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds where in each log a search begins that begins at a time: by halving, in all logs at once,
 * since times never go back within a log.
 */
final class SearchBeginnings {

  private final Transactions transactions;
  private final SearchStretches stretches;
  private final Search search;

  SearchBeginnings(Transactions transactions, SearchStretches stretches, Search search) {
    this.transactions = transactions;
    this.stretches = stretches;
    this.search = search;
  }

  /** Lets cursors leave out what is too new. */
  void find(List<SearchCursor> cursors) {
    Map<ConversationId, Range> ranges = new HashMap<>();
    for (SearchCursor cursor : cursors) {
      Position after = search.after();
      if (after != null && cursor.id().equals(after.conversationId())) {
        cursor.skipTo(after.seq() - 1);
        cursor.notAfter(after.timestamp());
      }
      long latest = latest(cursor.id());
      if (!cursor.isDone() && cursor.latest() > latest) {
        ranges.put(cursor.id(), new Range(cursor.afterSeq(), cursor.upToSeq()));
        cursor.notAfter(latest);
      }
    }
    while (!ranges.isEmpty()) {
      Map<ConversationId, Long> middles = new HashMap<>();
      ranges.forEach((id, range) -> middles.put(id, range.middle()));
      Map<ConversationId, Long> times =
          transactions.read(handle -> stretches.times(handle, middles));
      for (SearchCursor cursor : cursors) {
        Range range = ranges.get(cursor.id());
        if (range != null) {
          Range half = range.half(times.get(cursor.id()), latest(cursor.id()));
          ranges.put(cursor.id(), half);
          if (half.isFound()) {
            cursor.skipTo(half.low());
            ranges.remove(cursor.id());
          }
        }
      }
    }
  }

  /** The last time that is not too new in this conversation. */
  private long latest(ConversationId id) {
    long until = search.until() == Long.MIN_VALUE ? Long.MIN_VALUE : search.until() - 1;
    Position after = search.after();
    if (after == null) {
      return until;
    }
    boolean amongEquals = id.compareTo(after.conversationId()) >= 0;
    return Math.min(until, amongEquals ? after.timestamp() : after.timestamp() - 1);
  }

  /** Up to {@code low} nothing is too new, after {@code high} everything is. */
  private record Range(long low, long high) {

    boolean isFound() {
      return low >= high;
    }

    long middle() {
      return low + (high - low + 1) / 2;
    }

    Range half(@Nullable Long timeOfMiddle, long latest) {
      return timeOfMiddle == null || timeOfMiddle <= latest
          ? new Range(middle(), high)
          : new Range(low, middle() - 1);
    }
  }
}
