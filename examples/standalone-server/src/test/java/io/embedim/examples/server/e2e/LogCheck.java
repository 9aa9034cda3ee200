package io.embedim.examples.server.e2e;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares a conversation's log with what its writers know: that what was acknowledged is there,
 * once, where the acknowledgement said; that seqs are 1 to n; and that each writer's messages stand
 * in the order of writing.
 */
final class LogCheck {

  /** A message as its writer wrote it. */
  record Written(String from, String id, String text) {}

  /** A message of the log. */
  record Entry(long seq, String from, String id, String text) {}

  private final List<String> violations = new ArrayList<>();
  private final Map<String, Long> seqs = new HashMap<>();
  private final Map<String, Entry> entries = new HashMap<>();

  private LogCheck() {}

  /**
   * Says what is wrong; empty when nothing is.
   *
   * @param log in the order in which the server gave it
   * @param written of all writers, each one's in the order of writing
   * @param acknowledged the seq that the server acknowledged, by message id
   */
  static List<String> violations(
      List<Entry> log, List<Written> written, Map<String, Long> acknowledged) {
    LogCheck check = new LogCheck();
    check.numbersHaveNoGap(log);
    check.eachMessageIsThereOnce(log);
    check.acknowledgedIsThere(acknowledged);
    check.nothingWasMadeUp(written);
    check.ordersAreKept(written);
    return check.violations;
  }

  private void numbersHaveNoGap(List<Entry> log) {
    long expected = 1;
    for (Entry entry : log) {
      if (entry.seq() != expected) {
        violations.add("seq " + entry.seq() + " where " + expected + " belongs");
      }
      expected = entry.seq() + 1;
    }
  }

  private void eachMessageIsThereOnce(List<Entry> log) {
    for (Entry entry : log) {
      Long first = seqs.putIfAbsent(entry.id(), entry.seq());
      if (first != null) {
        violations.add(entry.id() + " is there twice, at " + first + " and " + entry.seq());
      }
      entries.put(entry.id(), entry);
    }
  }

  private void acknowledgedIsThere(Map<String, Long> acknowledged) {
    acknowledged.forEach(
        (id, seq) -> {
          Long found = seqs.get(id);
          if (found == null) {
            violations.add(id + " was acknowledged at " + seq + " and is gone");
          } else if (!found.equals(seq)) {
            violations.add(id + " was acknowledged at " + seq + " and is at " + found);
          }
        });
  }

  private void nothingWasMadeUp(List<Written> written) {
    Set<String> unknown = new HashSet<>(entries.keySet());
    for (Written message : written) {
      unknown.remove(message.id());
      Entry entry = entries.get(message.id());
      if (entry != null
          && !(entry.from().equals(message.from()) && entry.text().equals(message.text()))) {
        violations.add(message + " reads " + entry);
      }
    }
    unknown.forEach(id -> violations.add(id + " was written by nobody"));
  }

  private void ordersAreKept(List<Written> written) {
    Map<String, Long> last = new HashMap<>();
    for (Written message : written) {
      Long seq = seqs.get(message.id());
      if (seq == null) {
        continue;
      }
      Long before = last.put(message.from(), seq);
      if (before != null && before > seq) {
        violations.add(
            message.id() + " stands at " + seq + ", what was written before at " + before);
      }
    }
  }
}
