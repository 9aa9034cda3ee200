package io.embedim.store.jdbc;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.Cursors;
import io.embedim.store.jdbc.CrashReport.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares what is stored after a crash with what had been acknowledged before it. */
final class CrashCheck {

  private final List<String> violations = new ArrayList<>();

  private CrashCheck() {}

  /**
   * A conversation as it is stored.
   *
   * @param maxSeq the end of its log, as its head says
   * @param log all that can be read
   * @param cursors by user id
   */
  record Stored(long maxSeq, List<Entry> log, Map<String, Cursors> cursors) {}

  /** Names a draft so that the log alone tells which batch it came in and how large that was. */
  static String messageId(int round, int thread, int batch, int draft, int size) {
    return "r%d.t%d.b%d.s%d.d%d".formatted(round, thread, batch, size, draft);
  }

  /** What is wrong; empty when nothing is. */
  static List<String> violations(CrashReport report, Map<ConversationId, Stored> stored) {
    CrashCheck check = new CrashCheck();
    stored.forEach(check::logIsWhole);
    check.everythingReportedIsThere(report, stored);
    check.cursorsDidNotGoBack(report, stored);
    return check.violations;
  }

  /** Which batches are there in part, by the names that {@link #messageId} gave their drafts. */
  static List<String> brokenBatches(Map<ConversationId, Stored> stored) {
    CrashCheck check = new CrashCheck();
    check.batchesAreWhole(stored);
    return check.violations;
  }

  private void logIsWhole(ConversationId id, Stored conversation) {
    Set<String> messageIds = new HashSet<>();
    long expected = 1;
    for (Entry entry : conversation.log()) {
      expect(entry.seq() == expected, id + " has seq " + entry.seq() + " for " + expected);
      expected = entry.seq() + 1;
      expect(messageIds.add(entry.messageId()), id + " has " + entry.messageId() + " twice");
    }
    expect(
        conversation.maxSeq() == expected - 1,
        id + " has a head of " + conversation.maxSeq() + ", its log ends at " + (expected - 1));
  }

  private void everythingReportedIsThere(CrashReport report, Map<ConversationId, Stored> stored) {
    Set<Entry> there = new HashSet<>();
    stored.values().forEach(conversation -> there.addAll(conversation.log()));
    for (Entry entry : report.entries()) {
      expect(there.contains(entry), "acknowledged, and not there: " + entry.line());
    }
  }

  /** A batch is one commit: all of it is there, or nothing. */
  private void batchesAreWhole(Map<ConversationId, Stored> stored) {
    Map<String, Integer> drafts = new HashMap<>();
    for (Stored conversation : stored.values()) {
      for (Entry entry : conversation.log()) {
        String messageId = entry.messageId();
        drafts.merge(messageId.substring(0, messageId.lastIndexOf('.')), 1, Integer::sum);
      }
    }
    drafts.forEach(
        (batch, count) -> {
          int size = Integer.parseInt(batch.substring(batch.lastIndexOf(".s") + 2));
          expect(count == size, "the batch " + batch + " has " + count + " of its drafts");
        });
  }

  private void cursorsDidNotGoBack(CrashReport report, Map<ConversationId, Stored> stored) {
    for (CrashReport.Move move : report.moves()) {
      Stored conversation = stored.get(move.id());
      Cursors now = conversation == null ? null : conversation.cursors().get(move.userId());
      expect(
          now != null
              && now.readSeq() >= move.to().readSeq()
              && now.receivedSeq() >= move.to().receivedSeq()
              && now.receivedSeq() <= conversation.maxSeq(),
          "acknowledged: " + move.line() + ", stored: " + now);
    }
  }

  private void expect(boolean holds, String otherwise) {
    if (!holds) {
      violations.add(otherwise);
    }
  }
}
