package io.embedim.core.memory;

import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.MemberView;
import io.embedim.spi.store.SearchText;
import io.embedim.spi.store.SearchableMessageStore.Position;
import io.embedim.spi.store.SearchableMessageStore.Search;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Looks through logs for what is searched, and keeps the first results. It takes no lock, so that a
 * long scan holds up nobody. Confined to one search.
 */
final class SearchScan {

  private final Search search;
  private final NavigableMap<Position, LogEntry> results = new TreeMap<>();

  SearchScan(Search search) {
    this.search = search;
  }

  String userId() {
    return search.userId();
  }

  /** Looks through a log from its end, as far as there can be one of the first results. */
  void through(ConversationLog log, MemberView member, Set<Long> deleted) {
    for (long seq = member.head().maxSeq(); seq > member.hiddenUpTo(); seq--) {
      LogEntry entry = log.get(seq);
      Position position = Position.of(entry);
      if (entry.timestamp() < search.from() || isTooLate(position)) {
        return;
      }
      if (!deleted.contains(seq) && isFound(entry, position)) {
        results.put(position, entry);
        if (results.size() > search.limit()) {
          results.pollLastEntry();
        }
      }
    }
  }

  List<LogEntry> results() {
    return List.copyOf(results.values());
  }

  private boolean isTooLate(Position position) {
    return results.size() == search.limit() && position.compareTo(results.lastKey()) > 0;
  }

  private boolean isFound(LogEntry entry, Position position) {
    Position after = search.after();
    String senderId = search.senderId();
    return entry.draft().type().kind() == EntryType.Kind.MESSAGE
        && !entry.state().revoked()
        && !entry.isExpired(search.now())
        && entry.timestamp() < search.until()
        && (after == null || position.compareTo(after) > 0)
        && (senderId == null || senderId.equals(entry.draft().senderId()))
        && SearchText.of(entry.draft().content().plainText()).isFoundBy(search.query());
  }
}
