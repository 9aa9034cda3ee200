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
 */
record CrashReport(List<Entry> entries, List<Move> moves) {

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

  /** Understands what was printed; a last line that was cut off is nobody's acknowledgement. */
  static CrashReport of(List<String> lines) {
    CrashReport report = new CrashReport(new ArrayList<>(), new ArrayList<>());
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
        default -> throw new IllegalArgumentException("not a report: " + line);
      }
    }
    return report;
  }

  void add(CrashReport later) {
    entries.addAll(later.entries);
    moves.addAll(later.moves);
  }
}
