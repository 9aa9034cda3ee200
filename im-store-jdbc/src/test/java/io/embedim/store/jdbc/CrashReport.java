package io.embedim.store.jdbc;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.Cursors;
import java.util.ArrayList;
import java.util.List;

/**
 * What a process reported as acknowledged before it was killed.
 *
 * @param entries what was appended
 * @param moves where cursors were moved to
 * @param sightings what reached clients, in its order
 * @param orders the host's transactions that ended
 */
record CrashReport(
    List<Entry> entries, List<Move> moves, List<Sighting> sightings, List<Order> orders) {

  /** Ends each line; a line without it was cut off by the end of the process. */
  private static final String END = " .";

  /** An entry, as it was acknowledged or as it is stored. */
  record Entry(ConversationId id, long seq, long timestamp, String messageId) {

    String line() {
      return "entry " + id + ' ' + seq + ' ' + timestamp + ' ' + messageId + END;
    }
  }

  /** Cursors, as they were acknowledged. */
  record Move(ConversationId id, String userId, Cursors to) {

    String line() {
      return "move " + id + ' ' + userId + ' ' + to.readSeq() + ' ' + to.receivedSeq() + END;
    }
  }

  /** An entry of a log that a client has. */
  record Sighting(String userId, ConversationId id, long seq, String messageId) {

    String line() {
      return "seen " + id + ' ' + userId + ' ' + seq + ' ' + messageId + END;
    }
  }

  /** An order of the host, whose transaction sends a message beside it. */
  record Order(ConversationId id, long number, boolean committed) {

    String line() {
      return "order " + id + ' ' + number + ' ' + committed + END;
    }
  }

  /** A report that nothing was told to yet. */
  static CrashReport empty() {
    return new CrashReport(
        new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
  }

  /** Understands what was printed; a last line that was cut off is nobody's acknowledgement. */
  static CrashReport of(List<String> lines) {
    CrashReport report = empty();
    for (String line : lines) {
      String[] words = line.split(" ", -1);
      if (!line.endsWith(END)) {
        if (line.equals(lines.get(lines.size() - 1))) {
          return report;
        }
        throw new IllegalArgumentException("not a report: " + line);
      }
      ConversationId id = new ConversationId(words[1]);
      switch (words[0]) {
        case "entry" ->
            report.entries.add(
                new Entry(id, Long.parseLong(words[2]), Long.parseLong(words[3]), words[4]));
        case "move" ->
            report.moves.add(
                new Move(
                    id, words[2], new Cursors(Long.parseLong(words[3]), Long.parseLong(words[4]))));
        case "seen" ->
            report.sightings.add(new Sighting(words[2], id, Long.parseLong(words[3]), words[4]));
        case "order" ->
            report.orders.add(
                new Order(id, Long.parseLong(words[2]), Boolean.parseBoolean(words[3])));
        default -> throw new IllegalArgumentException("not a report: " + line);
      }
    }
    return report;
  }

  void add(CrashReport later) {
    entries.addAll(later.entries);
    moves.addAll(later.moves);
    sightings.addAll(later.sightings);
    orders.addAll(later.orders);
  }
}
