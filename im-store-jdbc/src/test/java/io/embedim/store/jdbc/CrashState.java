package io.embedim.store.jdbc;

import io.embedim.spi.model.ConversationId;
import io.embedim.store.jdbc.CrashReport.Sighting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What senders and clients remember when the server is gone.
 *
 * @param next by user id, the number of the message that was not acknowledged yet
 * @param cursors by user id, up to where a client has everything
 */
record CrashState(Map<String, Long> next, Map<String, Map<ConversationId, Long>> cursors) {

  private static final String SEPARATOR = " ";

  /** What is left after what was reported. */
  static CrashState after(CrashReport report) {
    CrashState state = new CrashState(new HashMap<>(), new HashMap<>());
    for (CrashReport.Entry entry : report.entries()) {
      String sender = CrashLoad.senderOf(entry.messageId());
      state.next.merge(sender, CrashLoad.numberOf(entry.messageId()) + 1, Math::max);
    }
    Map<String, Map<ConversationId, Set<Long>>> seen = new HashMap<>();
    for (Sighting sighting : report.sightings()) {
      seen.computeIfAbsent(sighting.userId(), user -> new HashMap<>())
          .computeIfAbsent(sighting.id(), id -> new TreeSet<>())
          .add(sighting.seq());
    }
    seen.forEach(
        (userId, logs) ->
            logs.forEach(
                (id, seqs) -> {
                  long cursor = 0;
                  while (seqs.contains(cursor + 1)) {
                    cursor++;
                  }
                  state.cursors.computeIfAbsent(userId, user -> new HashMap<>()).put(id, cursor);
                }));
    return state;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    next.forEach((sender, number) -> lines.add(sender + SEPARATOR + number));
    cursors.forEach(
        (userId, ofUser) ->
            ofUser.forEach(
                (id, cursor) -> lines.add(userId + SEPARATOR + cursor + SEPARATOR + id)));
    return lines;
  }

  static CrashState of(List<String> lines) {
    CrashState state = new CrashState(new HashMap<>(), new HashMap<>());
    for (String line : lines) {
      String[] words = line.split(SEPARATOR, -1);
      if (words.length == 2) {
        state.next.put(words[0], Long.parseLong(words[1]));
      } else {
        state
            .cursors
            .computeIfAbsent(words[0], user -> new HashMap<>())
            .put(new ConversationId(words[2]), Long.parseLong(words[1]));
      }
    }
    return state;
  }
}
