package io.embedim.store.jdbc;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.store.SearchableMessageStore.Position;
import io.embedim.spi.store.SearchableMessageStore.Search;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One search. It goes through the user's conversations segment by segment, those first in which
 * there may be something newer, and is done as soon as nothing that is left can come before what it
 * has found. What a statement reads is bounded; each takes its turn among the other readers.
 */
final class SearchRun {

  /** How many segments of the index are searched at once, at first and at most. */
  private static final int FIRST_ROUND = 8;

  private static final int LONGEST_ROUND = 64;

  private static final int MOST_RESULTS_AT_ONCE = 200;

  private final Transactions transactions;
  private final SearchStretches stretches;
  private final SearchCandidates candidates;
  private final Search search;

  private final List<SearchCursor> open = new ArrayList<>();
  private final NavigableSet<Position> found = new TreeSet<>();
  private final List<LogEntry> results = new ArrayList<>();

  /** Conversations that are not listed yet come behind this; null when all are. */
  private @Nullable Position listed;

  private int round = FIRST_ROUND;

  SearchRun(
      Transactions transactions,
      SearchStretches stretches,
      SearchCandidates candidates,
      Search search) {
    this.transactions = transactions;
    this.stretches = stretches;
    this.candidates = candidates;
    this.search = search;
  }

  List<LogEntry> results() {
    list(null);
    while (results.size() < search.limit()) {
      List<Position> next = takeNext();
      if (!next.isEmpty()) {
        results.addAll(transactions.read(handle -> candidates.results(handle, next, search)));
      } else if (!goOn()) {
        break;
      }
    }
    return List.copyOf(results.subList(0, Math.min(results.size(), search.limit())));
  }

  /** The first of what was found, as far as nothing else can come before it. */
  private List<Position> takeNext() {
    Position end = frontier();
    List<Position> next = new ArrayList<>();
    while (next.size() < Math.min(search.limit(), MOST_RESULTS_AT_ONCE)
        && !found.isEmpty()
        && (end == null || found.first().compareTo(end) < 0)) {
      next.add(found.pollFirst());
    }
    return next;
  }

  /** What was not searched yet is not before this; null when all was. */
  private @Nullable Position frontier() {
    Position first = listed;
    for (SearchCursor cursor : open) {
      Position frontier = cursor.frontier();
      first = first == null || frontier.compareTo(first) < 0 ? frontier : first;
    }
    return first;
  }

  /** Searches more; false when there is no more. */
  private boolean goOn() {
    Position first = frontier();
    if (first == null) {
      return false;
    }
    if (first.equals(listed)) {
      list(first);
    } else {
      searchRound();
    }
    return true;
  }

  private void list(@Nullable Position behind) {
    List<SearchCursor> page = transactions.read(handle -> stretches.list(handle, search, behind));
    SearchCursor last = page.isEmpty() ? null : page.get(page.size() - 1);
    listed =
        last == null || page.size() < SearchStretches.AT_ONCE || last.latest() < search.from()
            ? null
            : new Position(last.latest(), last.id(), 0);
    new SearchBeginnings(transactions, stretches, search).find(page);
    open.addAll(page);
    closeDone();
  }

  private void searchRound() {
    Position notListed = listed;
    List<SearchCursor> cursors =
        open.stream()
            .filter(cursor -> notListed == null || cursor.frontier().compareTo(notListed) < 0)
            .sorted(Comparator.comparing(SearchCursor::frontier))
            .toList();
    List<Segment> segments = segments(cursors);
    round = Math.min(2 * round, LONGEST_ROUND);

    List<Segment> indexed = segments.stream().filter(Segment::indexed).toList();
    if (!indexed.isEmpty()) {
      found.addAll(transactions.read(handle -> candidates.indexed(handle, indexed, search)));
    }
    List<Segment> others = segments.stream().filter(segment -> !segment.indexed()).toList();
    if (!others.isEmpty()) {
      found.addAll(transactions.read(handle -> candidates.read(handle, others, search)));
    }
    closeDone();
    Set<ConversationId> searched =
        segments.stream().map(Segment::conversationId).collect(Collectors.toSet());
    lookWhatIsLeft(cursors.stream().filter(cursor -> searched.contains(cursor.id())).toList());
    closeDone();
  }

  /** One segment of each cursor, and so on until it is enough for this round. */
  private List<Segment> segments(List<SearchCursor> cursors) {
    List<Segment> segments = new ArrayList<>();
    long work = 0;
    boolean more = true;
    while (more) {
      more = false;
      for (SearchCursor cursor : cursors) {
        if (!cursor.isDone() && work < round) {
          Segment segment = cursor.next();
          segments.add(segment);
          work += segment.work();
          more = true;
        }
      }
    }
    return segments;
  }

  private void lookWhatIsLeft(List<SearchCursor> cursors) {
    Map<ConversationId, Long> left = new HashMap<>();
    for (SearchCursor cursor : cursors) {
      if (!cursor.isDone()) {
        left.put(cursor.id(), cursor.upToSeq());
      }
    }
    if (left.isEmpty()) {
      return;
    }
    Map<ConversationId, Long> times = transactions.read(handle -> stretches.times(handle, left));
    for (SearchCursor cursor : cursors) {
      if (left.containsKey(cursor.id())) {
        Long time = times.get(cursor.id());
        if (time == null) {
          cursor.skipTo(0);
        } else {
          cursor.notAfter(time);
        }
      }
    }
  }

  private void closeDone() {
    open.removeIf(cursor -> cursor.isDone() || cursor.latest() < search.from());
  }
}
