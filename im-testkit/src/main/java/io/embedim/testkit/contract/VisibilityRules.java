package io.embedim.testkit.contract;

import static io.embedim.testkit.contract.Drafts.revoke;
import static io.embedim.testkit.contract.Drafts.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.ConversationHead;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.Revision;
import io.embedim.spi.store.SeqRange;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What readers see while others append. */
interface VisibilityRules extends StoreFixture {

  @Test
  default void a_reader_who_sees_an_entry_sees_everything_before_it() {
    int perWriter = 150 * effort();
    AtomicInteger writing = new AtomicInteger(2);
    List<Callable<List<LogEntry>>> tasks = new ArrayList<>();
    for (String writer : List.of("alice", "bob")) {
      tasks.add(
          writer(
              writing,
              () -> {
                for (int i = 0; i < perWriter; i += 3) {
                  append(
                      NOW + i,
                      text(ALICE_BOB, writer, writer + i),
                      text(ALICE_BOB, writer, writer + (i + 1)),
                      text(ALICE_BOB, writer, writer + (i + 2)));
                }
              }));
    }
    tasks.add(() -> follow(writing, perWriter * 2));

    List<LogEntry> seen = Race.run(tasks).get(2);

    assertThat(seen)
        .extracting(LogEntry::seq)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, perWriter * 2L).boxed().toList());
    assertThat(seen).isEqualTo(log(ALICE_BOB));
  }

  @Test
  default void all_ways_to_look_at_the_end_of_a_log_agree_while_it_grows() {
    int length = 150 * effort();
    appended(text(ALICE_BOB, "alice", "first"));
    AtomicInteger writing = new AtomicInteger(1);
    List<Callable<List<LogEntry>>> tasks = new ArrayList<>();
    tasks.add(
        writer(
            writing,
            () -> {
              for (int i = 0; i < length; i++) {
                append(NOW + i, text(ALICE_BOB, "alice", "m" + i));
              }
            }));
    tasks.add(
        () -> {
          long end = 1;
          while (writing.get() > 0) {
            end = checkEnd(end);
          }
          return List.of();
        });
    tasks.add(
        () -> {
          while (writing.get() > 0) {
            assertThat(found(ALICE_BOB, "first").seq()).isEqualTo(1);
          }
          return List.of();
        });

    Race.run(tasks);

    assertThat(checkEnd(length + 1)).isEqualTo(length + 1);
  }

  @Test
  default void a_reader_who_sees_a_revoke_sees_what_it_did() {
    int rounds = 75 * effort();
    AtomicInteger writing = new AtomicInteger(1);
    List<Callable<List<LogEntry>>> tasks = new ArrayList<>();
    tasks.add(
        writer(
            writing,
            () -> {
              for (int i = 0; i < rounds; i++) {
                appended(text(ALICE_BOB, "alice", "m" + i));
                appended(revoke(ALICE_BOB, "alice", "revoke-m" + i, "m" + i));
              }
            }));
    tasks.add(
        () -> {
          while (writing.get() > 0) {
            checkRevoked(messages().read(ALICE_BOB, SeqRange.before(Long.MAX_VALUE, 0, 6)));
          }
          return List.of();
        });

    Race.run(tasks);

    checkRevoked(log(ALICE_BOB));
    assertThat(log(ALICE_BOB))
        .hasSize(rounds * 2)
        .filteredOn(e -> e.state().revoked())
        .hasSize(rounds);
  }

  /** Reads on as long as somebody writes, and then to the end. */
  private List<LogEntry> follow(AtomicInteger writing, int total) {
    List<LogEntry> seen = new ArrayList<>();
    boolean last;
    do {
      last = writing.get() == 0;
      List<LogEntry> page = messages().read(ALICE_BOB, SeqRange.after(seen.size(), 7));
      while (!page.isEmpty() && seen.size() < total) {
        seen.addAll(page);
        page = messages().read(ALICE_BOB, SeqRange.after(seen.size(), 7));
      }
    } while (!last);
    return seen;
  }

  /** Compares the different ways to look at the end; none may lag behind one asked before. */
  private long checkEnd(long end) {
    ConversationHead head = conversations().heads(List.of(ALICE_BOB)).get(ALICE_BOB);
    long headSeq = head == null ? 0 : head.maxSeq();
    assertThat(headSeq).isGreaterThanOrEqualTo(end);
    List<LogEntry> newest = messages().read(ALICE_BOB, SeqRange.before(Long.MAX_VALUE, 0, 5));
    long newestSeq = newest.get(newest.size() - 1).seq();
    assertThat(newestSeq).isGreaterThanOrEqualTo(headSeq);
    assertThat(newest)
        .extracting(LogEntry::seq)
        .containsExactlyElementsOf(
            LongStream.rangeClosed(Math.max(1, newestSeq - 4), newestSeq).boxed().toList());
    for (LogEntry entry : newest) {
      assertThat(found(ALICE_BOB, entry.draft().messageId())).isEqualTo(entry);
    }
    long viewSeq = view("bob", ALICE_BOB).head().maxSeq();
    assertThat(viewSeq).isGreaterThanOrEqualTo(newestSeq);
    return viewSeq;
  }

  private void checkRevoked(List<LogEntry> entries) {
    for (LogEntry entry : entries) {
      if (entry.draft().revision() instanceof Revision.Revoke revoke) {
        assertThat(entries)
            .filteredOn(target -> target.draft().messageId().equals(revoke.targetMessageId()))
            .allMatch(target -> target.state().revoked());
      }
      if (entry.state().revoked()) {
        assertThat(messages().find(ALICE_BOB, "revoke-" + entry.draft().messageId())).isPresent();
      }
    }
  }

  private static Callable<List<LogEntry>> writer(AtomicInteger writing, Runnable work) {
    return () -> {
      try {
        work.run();
        return List.of();
      } finally {
        writing.decrementAndGet();
      }
    };
  }
}
