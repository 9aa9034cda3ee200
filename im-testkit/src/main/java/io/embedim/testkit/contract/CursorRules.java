package io.embedim.testkit.contract;

import static io.embedim.testkit.contract.Drafts.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.Cursors;
import io.embedim.spi.store.CursorMove;
import io.embedim.spi.store.CursorResult;
import io.embedim.spi.store.CursorResult.BeyondEnd;
import io.embedim.spi.store.CursorResult.NotMember;
import io.embedim.spi.store.CursorResult.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** How far members have come. */
interface CursorRules extends StoreFixture {

  @Test
  default void members_begin_with_nothing_read_and_nothing_received() {
    logOf(3);

    assertThat(conversations().cursors(ALICE_BOB, List.of()))
        .isEqualTo(Map.of("alice", Cursors.NONE, "bob", Cursors.NONE));
  }

  @Test
  default void sending_moves_no_cursor() {
    logOf(1);
    advance("alice", 1, 1);

    appended(text(ALICE_BOB, "alice", "again"));

    assertThat(cursors("alice")).isEqualTo(new Cursors(1, 1));
  }

  @Test
  default void a_move_says_where_the_cursors_were_and_where_they_are() {
    logOf(5);

    assertThat(advance("bob", 0, 3)).isEqualTo(new Stored(Cursors.NONE, new Cursors(0, 3)));
    assertThat(advance("bob", 2, 4)).isEqualTo(new Stored(new Cursors(0, 3), new Cursors(2, 4)));
    assertThat(cursors("bob")).isEqualTo(new Cursors(2, 4));
    assertThat(cursors("alice")).isEqualTo(Cursors.NONE);
  }

  @Test
  default void reading_implies_receiving() {
    logOf(5);

    advance("bob", 0, 2);
    advance("bob", 4, 4);

    assertThat(cursors("bob")).isEqualTo(new Cursors(4, 4));
  }

  @Test
  default void a_cursor_never_goes_back() {
    logOf(5);
    advance("bob", 3, 5);

    assertThat(advance("bob", 2, 4)).isEqualTo(new Stored(new Cursors(3, 5), new Cursors(3, 5)));
    assertThat(advance("bob", 0, 0)).isEqualTo(new Stored(new Cursors(3, 5), new Cursors(3, 5)));
    assertThat(advance("bob", 4, 4)).isEqualTo(new Stored(new Cursors(3, 5), new Cursors(4, 5)));
    assertThat(cursors("bob")).isEqualTo(new Cursors(4, 5));
  }

  @Test
  default void moves_of_one_member_in_a_batch_add_up() {
    logOf(5);

    List<CursorResult> results =
        conversations()
            .advance(
                List.of(
                    move("bob", 0, 4), move("alice", 1, 1), move("bob", 2, 2), move("bob", 1, 3)));

    assertThat(results)
        .containsExactly(
            new Stored(Cursors.NONE, new Cursors(0, 4)),
            new Stored(Cursors.NONE, new Cursors(1, 1)),
            new Stored(new Cursors(0, 4), new Cursors(2, 4)),
            new Stored(new Cursors(2, 4), new Cursors(2, 4)));
    assertThat(cursors("bob")).isEqualTo(new Cursors(2, 4));
  }

  @Test
  default void a_cursor_cannot_pass_the_end_of_the_log() {
    logOf(5);

    assertThat(advance("bob", 6, 6)).isEqualTo(new BeyondEnd(5));
    assertThat(advance("bob", 3, 6)).isEqualTo(new BeyondEnd(5));
    assertThat(advance("bob", Long.MAX_VALUE, Long.MAX_VALUE)).isEqualTo(new BeyondEnd(5));
    assertThat(cursors("bob")).isEqualTo(Cursors.NONE);
    assertThat(advance("bob", 5, 5)).isEqualTo(new Stored(Cursors.NONE, new Cursors(5, 5)));
  }

  @Test
  default void only_members_have_cursors() {
    logOf(5);

    assertThat(advance("carol", 1, 1)).isEqualTo(new NotMember());
    assertThat(advance("carol", 6, 6)).isEqualTo(new NotMember());
    assertThat(advance("Bob", 1, 1)).isEqualTo(new NotMember());
    assertThat(conversations().cursors(ALICE_BOB, List.of("carol", "bob")))
        .isEqualTo(Map.of("bob", Cursors.NONE));
    assertThat(conversations().cursors(ALICE_BOB, List.of("carol"))).isEmpty();
  }

  @Test
  default void a_conversation_without_an_entry_has_no_cursors() {
    List<CursorResult> results =
        conversations()
            .advance(
                List.of(
                    new CursorMove(ALICE_BOB, "bob", new Cursors(0, 0)),
                    new CursorMove(ALICE_BOB, "bob", new Cursors(1, 1)),
                    new CursorMove(ConversationId.group("nowhere"), "bob", new Cursors(1, 1))));

    assertThat(results).containsOnly(new NotMember()).hasSize(3);
    assertThat(conversations().cursors(ALICE_BOB, List.of())).isEmpty();
    assertThat(conversations().cursors(ConversationId.group("nowhere"), List.of("bob"))).isEmpty();
  }

  @Test
  default void one_refused_move_does_not_keep_the_others_from_being_stored() {
    logOf(5);
    appended(text(ALICE_CAROL, "carol", "m1"));

    List<CursorResult> results =
        conversations()
            .advance(
                List.of(
                    new CursorMove(ALICE_CAROL, "bob", new Cursors(1, 1)),
                    move("bob", 9, 9),
                    new CursorMove(ALICE_CAROL, "alice", new Cursors(1, 1)),
                    move("bob", 5, 5)));

    assertThat(results)
        .containsExactly(
            new NotMember(),
            new BeyondEnd(5),
            new Stored(Cursors.NONE, new Cursors(1, 1)),
            new Stored(Cursors.NONE, new Cursors(5, 5)));
    assertThat(conversations().cursors(ALICE_CAROL, List.of("alice", "bob")))
        .isEqualTo(Map.of("alice", new Cursors(1, 1)));
  }

  @Test
  default void five_hundred_moves_in_as_many_conversations_are_one_call() {
    List<ConversationId> ids =
        IntStream.range(0, 500).mapToObj(i -> ConversationId.direct("hub", "user" + i)).toList();
    messages()
        .append(ids.stream().map(id -> StoreFixture.decided(text(id, "hub", "m1"))).toList(), NOW);

    List<CursorResult> results =
        conversations()
            .advance(ids.stream().map(id -> new CursorMove(id, "hub", new Cursors(1, 1))).toList());

    assertThat(results).hasSize(500).containsOnly(new Stored(Cursors.NONE, new Cursors(1, 1)));
    assertThat(ids)
        .allSatisfy(
            id ->
                assertThat(conversations().cursors(id, List.of("hub")))
                    .containsEntry("hub", new Cursors(1, 1)));
  }

  @Test
  default void threads_that_move_the_same_cursors_never_move_them_back() {
    int length = 40 * effort();
    logOf(length);
    appended(text(ALICE_CAROL, "carol", "m1"));
    CursorMove elsewhere = new CursorMove(ALICE_CAROL, "alice", new Cursors(1, 1));
    List<Callable<List<CursorResult>>> movers = new ArrayList<>();
    for (int t = 0; t < 6; t++) {
      boolean reversed = t % 2 == 1;
      int lead = t;
      movers.add(
          () ->
              LongStream.range(0, length)
                  .map(i -> Math.min(i + lead, length))
                  .mapToObj(seq -> new CursorMove(ALICE_BOB, "bob", new Cursors(seq / 2, seq)))
                  .map(move -> reversed ? List.of(elsewhere, move) : List.of(move, elsewhere))
                  .map(batch -> conversations().advance(batch).get(reversed ? 1 : 0))
                  .toList());
    }

    List<List<CursorResult>> answers = Race.run(movers);

    long furthest = 0;
    for (List<CursorResult> ofOneThread : answers) {
      Cursors before = Cursors.NONE;
      for (CursorResult result : ofOneThread) {
        assertThat(result).isInstanceOf(Stored.class);
        Stored stored = (Stored) result;
        assertThat(stored.before().receivedSeq()).isGreaterThanOrEqualTo(before.receivedSeq());
        assertThat(stored.now().receivedSeq())
            .isGreaterThanOrEqualTo(stored.before().receivedSeq());
        assertThat(stored.now().readSeq()).isGreaterThanOrEqualTo(stored.before().readSeq());
        before = stored.now();
      }
      furthest = Math.max(furthest, before.receivedSeq());
    }
    assertThat(cursors("bob")).isEqualTo(new Cursors(furthest / 2, furthest));
  }

  /** Logs {@code count} messages of Alice's. */
  private void logOf(int count) {
    messages()
        .append(
            IntStream.rangeClosed(1, count)
                .mapToObj(i -> StoreFixture.decided(text(ALICE_BOB, "alice", "m" + i)))
                .toList(),
            NOW);
  }

  private Cursors cursors(String userId) {
    Map<String, Cursors> found = conversations().cursors(ALICE_BOB, List.of(userId));
    assertThat(found).containsOnlyKeys(userId);
    return found.values().iterator().next();
  }

  private CursorResult advance(String userId, long readSeq, long receivedSeq) {
    List<CursorResult> results =
        conversations().advance(List.of(move(userId, readSeq, receivedSeq)));
    assertThat(results).hasSize(1);
    return results.get(0);
  }

  private static CursorMove move(String userId, long readSeq, long receivedSeq) {
    return new CursorMove(ALICE_BOB, userId, new Cursors(readSeq, receivedSeq));
  }
}
