package io.embedim.core.memory;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.LogEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;

/** Messages that will destroy themselves, the next ones first. Safe for use by many threads. */
final class ExpiringMessages {

  private final Queue<Place> queue =
      new PriorityQueue<>(Comparator.comparingLong(Place::expiresAt));

  /** Where a message is, and from when on it has expired. */
  record Place(ConversationId conversationId, long seq, long expiresAt) {}

  /** Notes an entry if it is a message that expires. */
  void add(LogEntry entry) {
    if (entry.draft().options().expiresIn() > 0
        && entry.draft().type().kind() == EntryType.Kind.MESSAGE) {
      add(
          new Place(
              entry.conversationId(),
              entry.seq(),
              entry.draft().options().expiresAt(entry.timestamp())));
    }
  }

  /** Takes out what has expired. */
  synchronized List<Place> take(long now, int limit) {
    List<Place> taken = new ArrayList<>();
    for (Place next = queue.peek();
        next != null && next.expiresAt() <= now && taken.size() < limit;
        next = queue.peek()) {
      taken.add(queue.remove());
    }
    return taken;
  }

  private synchronized void add(Place place) {
    queue.add(place);
  }
}
