package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.TestDrafts.NOW;
import static io.embedim.store.jdbc.TestDrafts.conversations;
import static io.embedim.store.jdbc.TestDrafts.text;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.Cursors;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.AppendResult;
import io.embedim.spi.store.AppendResult.Appended;
import io.embedim.spi.store.CursorMove;
import io.embedim.spi.store.CursorResult;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The process that is killed: opens the stores, says so, and then appends and moves cursors from
 * several threads, reporting each acknowledgement in a line of its own; in round 0 it does nothing
 * after opening. Ends by itself when nobody kills it.
 */
final class CrashVictim {

  static final String READY = "ready";

  private static final int THREADS = 4;
  private static final int MOST_BATCHES = 20_000;
  private static final int MOST_DRAFTS = 20;

  private final JdbcStores stores;
  private final List<ConversationId> ids = conversations(9);
  private final int round;
  private final PrintStream out;

  private CrashVictim(JdbcStores stores, int round, PrintStream out) {
    this.stores = stores;
    this.round = round;
    this.out = out;
  }

  /** Takes the database's URL, the number of the round and a seed. */
  public static void main(String[] args) throws IOException {
    CrashVictim victim =
        new CrashVictim(TestDatabase.open(args[0]), Integer.parseInt(args[1]), System.out);
    victim.report(READY + '\n');
    if (victim.round == 0) {
      System.exit(System.in.read());
    }
    for (int t = 0; t < THREADS; t++) {
      int thread = t;
      new Thread(() -> victim.run(thread, new Random(Long.parseLong(args[2]) + thread))).start();
    }
  }

  private void run(int thread, Random random) {
    for (int batch = 0; batch < MOST_BATCHES; batch++) {
      List<Append> drafts = new ArrayList<>();
      int size = 1 + random.nextInt(MOST_DRAFTS);
      for (int i = 0; i < size; i++) {
        ConversationId id =
            random.nextInt(20) == 0
                ? ConversationId.direct("alice", "new-" + random.nextInt(10_000))
                : ids.get(random.nextInt(ids.size()));
        drafts.add(text(id, "alice", CrashCheck.messageId(round, thread, batch, i, size)));
      }
      StringBuilder lines = new StringBuilder();
      List<CursorMove> moves = new ArrayList<>();
      for (AppendResult result : stores.messages().append(drafts, NOW + batch)) {
        LogEntry entry = ((Appended) result).entry();
        ConversationId id = entry.conversationId();
        lines.append(
            new CrashReport.Entry(id, entry.seq(), entry.timestamp(), entry.draft().messageId())
                    .line()
                + '\n');
        moves.add(new CursorMove(id, "alice", new Cursors(entry.seq() / 2, entry.seq())));
      }
      report(lines.toString());
      if (random.nextInt(4) == 0) {
        report(moved(moves));
      }
    }
  }

  private String moved(List<CursorMove> moves) {
    StringBuilder lines = new StringBuilder();
    List<CursorResult> results = stores.conversations().advance(moves);
    for (int i = 0; i < moves.size(); i++) {
      Cursors now = ((CursorResult.Stored) results.get(i)).now();
      lines.append(
          new CrashReport.Move(moves.get(i).conversationId(), moves.get(i).userId(), now).line()
              + '\n');
    }
    return lines.toString();
  }

  private void report(String lines) {
    synchronized (out) {
      out.print(lines);
      out.flush();
    }
  }
}
