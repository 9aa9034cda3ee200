package io.embedim.testkit.contract;

import static io.embedim.testkit.contract.Drafts.revoke;
import static io.embedim.testkit.contract.Drafts.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.store.SeqRange;
import io.embedim.spi.store.SeqRange.End;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Which entries a stretch of the log contains. */
interface ReadRules extends StoreFixture {

  @Test
  default void a_conversation_that_does_not_exist_has_an_empty_log() {
    assertThat(messages().read(ALICE_BOB, SeqRange.after(0, 100))).isEmpty();
    assertThat(messages().read(ALICE_BOB, SeqRange.before(Long.MAX_VALUE, 0, 100))).isEmpty();
    assertThat(messages().read(ConversationId.group("nowhere"), SeqRange.after(0, 1))).isEmpty();
    assertThat(messages().find(ALICE_BOB, "m1")).isEmpty();
  }

  @Test
  default void an_id_that_was_not_used_finds_nothing() {
    logOf(3);

    assertThat(messages().find(ALICE_BOB, "m4")).isEmpty();
    assertThat(messages().find(ALICE_CAROL, "m3")).isEmpty();
  }

  @Test
  default void reading_after_a_sequence_gives_the_oldest_entries_behind_it() {
    logOf(10);

    assertThat(read(SeqRange.after(0, 3))).containsExactly(1L, 2L, 3L);
    assertThat(read(SeqRange.after(3, 3))).containsExactly(4L, 5L, 6L);
    assertThat(read(SeqRange.after(8, 3))).containsExactly(9L, 10L);
    assertThat(read(SeqRange.after(10, 3))).isEmpty();
    assertThat(read(SeqRange.after(11, 3))).isEmpty();
    assertThat(read(SeqRange.after(Long.MAX_VALUE, 3))).isEmpty();
  }

  @Test
  default void reading_before_a_sequence_gives_the_newest_entries_in_ascending_order() {
    logOf(10);

    assertThat(read(SeqRange.before(Long.MAX_VALUE, 0, 3))).containsExactly(8L, 9L, 10L);
    assertThat(read(SeqRange.before(8, 0, 3))).containsExactly(5L, 6L, 7L);
    assertThat(read(SeqRange.before(3, 0, 3))).containsExactly(1L, 2L);
    assertThat(read(SeqRange.before(1, 0, 3))).isEmpty();
    assertThat(read(SeqRange.before(0, 0, 3))).isEmpty();
    assertThat(read(SeqRange.before(11, 0, 1))).containsExactly(10L);
    assertThat(read(SeqRange.before(500, 0, 2))).containsExactly(9L, 10L);
  }

  @Test
  default void nothing_at_or_below_the_floor_is_read() {
    logOf(10);

    assertThat(read(SeqRange.before(8, 5, 100))).containsExactly(6L, 7L);
    assertThat(read(SeqRange.before(8, 5, 1))).containsExactly(7L);
    assertThat(read(SeqRange.before(8, 7, 100))).isEmpty();
    assertThat(read(SeqRange.before(8, 9, 100))).isEmpty();
  }

  @Test
  default void a_stretch_with_both_ends_gives_the_entries_of_the_wanted_end() {
    logOf(10);

    assertThat(read(new SeqRange(2, 9, 100, End.OLDEST))).containsExactly(3L, 4L, 5L, 6L, 7L, 8L);
    assertThat(read(new SeqRange(2, 9, 2, End.OLDEST))).containsExactly(3L, 4L);
    assertThat(read(new SeqRange(2, 9, 2, End.NEWEST))).containsExactly(7L, 8L);
    assertThat(read(new SeqRange(2, 4, 2, End.NEWEST))).containsExactly(3L);
    assertThat(read(new SeqRange(0, Long.MAX_VALUE, Integer.MAX_VALUE, End.NEWEST))).hasSize(10);
  }

  @Test
  default void a_long_log_is_read_page_by_page_in_both_directions() {
    logOf(2_500);
    List<Long> all = LongStream.rangeClosed(1, 2_500).boxed().toList();

    List<Long> forward = new ArrayList<>();
    List<Long> page = read(SeqRange.after(0, 97));
    while (!page.isEmpty() && forward.size() < all.size()) {
      forward.addAll(page);
      page = read(SeqRange.after(forward.get(forward.size() - 1), 97));
    }
    List<Long> backward = new ArrayList<>();
    page = read(SeqRange.before(Long.MAX_VALUE, 0, 97));
    while (!page.isEmpty() && backward.size() < all.size()) {
      backward.addAll(0, page);
      page = read(SeqRange.before(backward.get(0), 0, 97));
    }

    assertThat(forward).isEqualTo(all);
    assertThat(backward).isEqualTo(all);
    assertThat(read(SeqRange.after(2_500, 97))).isEmpty();
    assertThat(read(SeqRange.before(1, 0, 97))).isEmpty();
    assertThat(found(ALICE_BOB, "m1777").seq()).isEqualTo(1777);
  }

  @Test
  default void a_log_that_may_be_as_old_as_its_end_is_the_log_as_it_is() {
    logOf(10);
    appended(revoke(ALICE_BOB, "alice", "r1", "m4"));

    for (SeqRange range :
        List.of(
            SeqRange.after(0, 100),
            SeqRange.after(3, 1),
            SeqRange.before(Long.MAX_VALUE, 0, 3),
            new SeqRange(2, 9, 4, End.NEWEST))) {
      List<LogEntry> newest = messages().read(ALICE_BOB, range);
      assertThat(messages().read(ALICE_BOB, range.asOf(11))).isEqualTo(newest);
      // One that no copy can have: it does not bound the stretch, and is not waited for.
      assertThat(messages().read(ALICE_BOB, range.asOf(12))).isEqualTo(newest);
    }
  }

  /** Logs {@code count} messages with the ids m1, m2, … */
  private void logOf(int count) {
    messages()
        .append(
            IntStream.rangeClosed(1, count)
                .mapToObj(i -> StoreFixture.decided(text(ALICE_BOB, "alice", "m" + i)))
                .toList(),
            NOW);
  }

  private List<Long> read(SeqRange range) {
    return messages().read(ALICE_BOB, range).stream().map(LogEntry::seq).toList();
  }
}
