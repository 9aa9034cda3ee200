package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.CrashCheck.messageId;
import static io.embedim.store.jdbc.TestDrafts.ALICE_BOB;
import static io.embedim.store.jdbc.TestDrafts.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.Cursors;
import io.embedim.store.jdbc.CrashCheck.Stored;
import io.embedim.store.jdbc.CrashReport.Entry;
import io.embedim.store.jdbc.CrashReport.Move;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The check of the crash test notices what can go wrong. */
class CrashCheckTest {

  private static final ConversationId ALICE_CAROL = ConversationId.direct("alice", "carol");

  /** A batch of one, a batch of three in two conversations, and one that was not reported. */
  private final List<Entry> aliceBob =
      new ArrayList<>(
          List.of(
              new Entry(ALICE_BOB, 1, NOW, messageId(1, 0, 0, 0, 1)),
              new Entry(ALICE_BOB, 2, NOW, messageId(1, 0, 1, 0, 3)),
              new Entry(ALICE_BOB, 3, NOW, messageId(1, 0, 1, 2, 3)),
              new Entry(ALICE_BOB, 4, NOW, messageId(1, 1, 0, 0, 1))));

  private final List<Entry> aliceCarol =
      new ArrayList<>(List.of(new Entry(ALICE_CAROL, 1, NOW, messageId(1, 0, 1, 1, 3))));

  private final CrashReport report =
      new CrashReport(
          List.of(aliceBob.get(0), aliceBob.get(1), aliceCarol.get(0), aliceBob.get(2)),
          List.of(
              new Move(ALICE_BOB, "alice", new Cursors(1, 3)),
              new Move(ALICE_CAROL, "alice", new Cursors(0, 1))),
          List.of(),
          List.of());

  private Cursors cursors = new Cursors(2, 3);
  private long maxSeq = 4;

  @Test
  void nothing_is_wrong_with_what_was_acknowledged_and_one_batch_more() {
    assertThat(violations()).isEmpty();
    assertThat(CrashCheck.brokenBatches(stored())).isEmpty();
  }

  @Test
  void a_lost_tail_is_noticed() {
    aliceBob.subList(2, 4).clear();
    maxSeq = 2;

    assertThat(violations()).anySatisfy(one -> assertThat(one).contains("not there", "b1.s3.d2"));
  }

  @Test
  void an_acknowledgement_before_a_commit_that_never_was_is_noticed() {
    aliceBob.remove(2);
    aliceBob.set(2, new Entry(ALICE_BOB, 3, NOW, messageId(1, 1, 0, 0, 1)));
    maxSeq = 3;

    assertThat(violations()).containsExactly("acknowledged, and not there: " + lastReported());
  }

  @Test
  void a_message_that_was_sent_again_and_stored_again_is_noticed() {
    aliceBob.add(new Entry(ALICE_BOB, 5, NOW, aliceBob.get(2).messageId()));
    maxSeq = 5;

    assertThat(violations()).containsExactly("alice:bob has r1.t0.b1.s3.d2 twice");
  }

  @Test
  void a_sequence_that_was_counted_beside_a_transaction_that_failed_is_noticed() {
    aliceBob.set(3, new Entry(ALICE_BOB, 6, NOW, messageId(1, 1, 0, 0, 1)));
    maxSeq = 6;

    assertThat(violations()).containsExactly("alice:bob has seq 6 for 4");
  }

  @Test
  void a_sequence_that_was_given_out_twice_is_noticed() {
    aliceBob.set(2, new Entry(ALICE_BOB, 3, NOW, messageId(1, 1, 0, 0, 1)));
    aliceBob.remove(3);
    maxSeq = 3;

    assertThat(violations()).containsExactly("acknowledged, and not there: " + lastReported());
  }

  @Test
  void a_lost_conversation_is_noticed() {
    assertThat(CrashCheck.violations(report, Map.of()))
        .filteredOn(one -> one.contains("not there"))
        .hasSize(4);
  }

  @Test
  void half_a_batch_is_noticed_also_when_nobody_was_told_of_it() {
    aliceCarol.add(new Entry(ALICE_CAROL, 2, NOW, messageId(1, 1, 1, 0, 2)));

    assertThat(CrashCheck.brokenBatches(stored()))
        .containsExactly("the batch r1.t1.b1.s2 has 1 of its drafts");
  }

  @Test
  void an_entry_that_is_there_twice_is_noticed() {
    aliceBob.add(new Entry(ALICE_BOB, 5, NOW, messageId(1, 1, 0, 0, 1)));
    maxSeq = 5;

    assertThat(violations()).anySatisfy(one -> assertThat(one).endsWith("d0 twice"));
  }

  @Test
  void a_gap_is_noticed() {
    aliceBob.set(3, new Entry(ALICE_BOB, 5, NOW, messageId(1, 1, 0, 0, 1)));
    maxSeq = 5;

    assertThat(violations()).containsExactly("alice:bob has seq 5 for 4");
  }

  @Test
  void another_sequence_or_time_than_the_acknowledged_one_is_noticed() {
    Entry last = aliceBob.get(2);
    aliceBob.set(2, new Entry(ALICE_BOB, 3, NOW + 1, last.messageId()));

    assertThat(violations()).containsExactly("acknowledged, and not there: " + last.line());
  }

  @Test
  void a_head_that_is_not_the_end_of_its_log_is_noticed() {
    maxSeq = 5;

    assertThat(violations()).containsExactly("alice:bob has a head of 5, its log ends at 4");
  }

  @Test
  void a_cursor_that_went_back_is_noticed() {
    cursors = new Cursors(1, 2);

    assertThat(violations()).singleElement().asString().contains("move alice:bob alice 1 3");
  }

  @Test
  void a_line_that_was_cut_off_is_no_acknowledgement() {
    List<String> lines = List.of(aliceBob.get(0).line(), "move alice:bob alice 1");

    assertThat(CrashReport.of(lines).entries()).containsExactly(aliceBob.get(0));
    assertThat(CrashReport.of(lines).moves()).isEmpty();
    assertThatThrownBy(() -> CrashReport.of(List.of("OutOfMemoryError", lines.get(0))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private String lastReported() {
    return report.entries().get(report.entries().size() - 1).line();
  }

  private List<String> violations() {
    return CrashCheck.violations(report, stored());
  }

  private Map<ConversationId, Stored> stored() {
    Map<ConversationId, Stored> stored = new HashMap<>();
    stored.put(ALICE_BOB, new Stored(maxSeq, aliceBob, Map.of("alice", cursors)));
    stored.put(
        ALICE_CAROL, new Stored(aliceCarol.size(), aliceCarol, Map.of("alice", new Cursors(0, 1))));
    return stored;
  }
}
