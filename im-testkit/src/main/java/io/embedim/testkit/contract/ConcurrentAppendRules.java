package io.embedim.testkit.contract;

import static io.embedim.testkit.contract.Drafts.pin;
import static io.embedim.testkit.contract.Drafts.react;
import static io.embedim.testkit.contract.Drafts.text;
import static io.embedim.testkit.contract.StoreFixture.decided;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.Revision;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.AppendResult;
import io.embedim.spi.store.AppendResult.Appended;
import io.embedim.spi.store.AppendResult.Duplicate;
import io.embedim.spi.store.AppendResult.KeyTaken;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What holds while many threads append at once. */
interface ConcurrentAppendRules extends StoreFixture {

  int THREADS = 8;

  @Test
  default void overlapping_batches_in_opposite_orders_leave_no_gap_and_no_repeat() {
    int rounds = 30 * effort();
    List<ConversationId> ids = conversations(5);
    List<Callable<List<LogEntry>>> writers = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      int thread = t;
      List<ConversationId> order = new ArrayList<>(ids);
      if (thread % 2 == 1) {
        Collections.reverse(order);
      }
      Collections.rotate(order, thread / 2);
      writers.add(
          () -> {
            List<LogEntry> entries = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
              List<Append> batch = new ArrayList<>();
              for (ConversationId id : order) {
                batch.add(decided(text(id, "hub", "t" + thread + "r" + round)));
              }
              messages().append(batch, NOW + round).stream()
                  .map(StoreFixture::entryOf)
                  .forEach(entries::add);
            }
            return entries;
          });
    }

    List<LogEntry> answered = Race.run(writers).stream().flatMap(List::stream).toList();

    for (ConversationId id : ids) {
      List<LogEntry> log = log(id);
      assertThat(log)
          .extracting(LogEntry::seq)
          .containsExactlyElementsOf(
              LongStream.rangeClosed(1, (long) THREADS * rounds).boxed().toList());
      assertThat(log).extracting(LogEntry::timestamp).isSorted();
      assertThat(answered.stream().filter(entry -> entry.conversationId().equals(id)))
          .containsExactlyInAnyOrderElementsOf(log);
    }
  }

  @Test
  default void a_message_that_many_threads_send_at_once_is_written_once() {
    int rounds = 10 * effort();
    for (int round = 0; round < rounds; round++) {
      Append append = decided(text(ALICE_BOB, "alice", "m" + round));

      Callable<AppendResult> sender = () -> messages().append(List.of(append), NOW).get(0);

      List<AppendResult> results = Race.run(Collections.nCopies(THREADS, sender));

      assertThat(results).filteredOn(Appended.class::isInstance).hasSize(1);
      assertThat(results)
          .filteredOn(result -> !(result instanceof Appended))
          .containsOnly(new Duplicate(round + 1, NOW))
          .hasSize(THREADS - 1);
    }
    assertThat(log(ALICE_BOB)).hasSize(rounds);
  }

  @Test
  default void a_message_id_that_two_users_want_at_once_goes_to_one_of_them() {
    for (int round = 0; round < 10 * effort(); round++) {
      String messageId = "m" + round;
      List<Callable<AppendResult>> senders =
          List.of(
              () -> append(text(ALICE_BOB, "alice", messageId)),
              () -> append(text(ALICE_BOB, "bob", messageId)));

      List<AppendResult> results = Race.run(senders);

      assertThat(results).filteredOn(Appended.class::isInstance).hasSize(1);
      assertThat(results).contains(new KeyTaken());
      assertThat(log(ALICE_BOB)).hasSize(round + 1);
    }
  }

  @Test
  default void reactions_of_many_threads_are_all_kept() {
    for (int round = 0; round < 5 * effort(); round++) {
      String target = "m" + round;
      appended(text(ALICE_BOB, "alice", target));
      List<Callable<AppendResult>> reactions = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        Revision.React reaction = new Revision.React(target, "kind" + t / 2, true, 100);
        EntryDraft draft =
            react(ALICE_BOB, t % 2 == 0 ? "alice" : "bob", target + "x" + t, reaction);
        reactions.add(() -> append(draft));
      }

      assertThat(Race.run(reactions)).allSatisfy(StoreFixture::isAppended);

      assertThat(found(ALICE_BOB, target).state().reactions())
          .containsOnlyKeys("kind0", "kind1", "kind2", "kind3")
          .allSatisfy((kind, users) -> assertThat(users).containsExactlyInAnyOrder("alice", "bob"));
    }
  }

  @Test
  default void threads_that_pin_at_once_do_not_pass_the_limit() {
    int limit = 3;
    for (int round = 0; round < 3 * effort(); round++) {
      ConversationId id = ConversationId.direct("alice", "user" + round);
      List<Callable<AppendResult>> pins = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        String target = "m" + t;
        appended(text(id, "alice", target));
        EntryDraft draft = pin(id, "alice", "p" + t, new Revision.Pin(target, true, limit));
        pins.add(() -> append(draft));
      }

      List<AppendResult> results = Race.run(pins);

      assertThat(results).filteredOn(Appended.class::isInstance).hasSize(limit);
      assertThat(results)
          .filteredOn(result -> !(result instanceof Appended))
          .containsOnly(ReactionAndPinRules.LIMIT_REACHED);
      assertThat(log(id)).filteredOn(entry -> entry.state().pinned()).hasSize(limit);
    }
  }

  private static List<ConversationId> conversations(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> ConversationId.direct("hub", "user" + i))
        .toList();
  }
}
