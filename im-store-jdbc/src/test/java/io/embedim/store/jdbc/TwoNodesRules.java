package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.TestDrafts.NOW;
import static io.embedim.store.jdbc.TestDrafts.conversations;
import static io.embedim.store.jdbc.TestDrafts.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.Cursors;
import io.embedim.spi.model.GroupChange;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.AppendResult;
import io.embedim.spi.store.AppendResult.Appended;
import io.embedim.spi.store.AppendResult.Duplicate;
import io.embedim.spi.store.CursorMove;
import io.embedim.spi.store.CursorResult;
import io.embedim.spi.store.GroupStore;
import io.embedim.spi.store.SeqRange;
import io.embedim.testkit.contract.Race;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes on one database, with nothing between them but the database. */
abstract class TwoNodesRules {

  private static final int THREADS_PER_NODE = 3;
  private static final int ROUNDS = 40;

  private JdbcStores one;
  private JdbcStores other;

  /** A database in which there is nothing. */
  abstract CrashDatabase empty() throws Exception;

  @BeforeEach
  void open() throws Exception {
    CrashDatabase database = empty();
    one = database.open(SchemaMode.MIGRATE);
    other = database.open(SchemaMode.VALIDATE);
  }

  @AfterEach
  void close() {
    one.close();
    other.close();
  }

  @Test
  void logs_have_no_gap_and_no_repeat() throws Exception {
    List<ConversationId> ids = conversations(7);
    List<Callable<List<LogEntry>>> writers = new ArrayList<>();
    for (int t = 0; t < 2 * THREADS_PER_NODE; t++) {
      JdbcStores node = t % 2 == 0 ? one : other;
      int thread = t;
      writers.add(() -> write(node, ids, thread));
    }

    List<LogEntry> acknowledged = Race.run(writers).stream().flatMap(List::stream).toList();

    Map<ConversationId, List<LogEntry>> byConversation = new HashMap<>();
    acknowledged.forEach(
        entry ->
            byConversation
                .computeIfAbsent(entry.conversationId(), id -> new ArrayList<>())
                .add(entry));
    for (ConversationId id : ids) {
      List<LogEntry> log = other.messages().read(id, SeqRange.after(0, 100_000));
      assertThat(log)
          .extracting(LogEntry::seq)
          .containsExactlyElementsOf(LongStream.rangeClosed(1, log.size()).boxed().toList());
      assertThat(log).extracting(LogEntry::timestamp).isSorted();
      assertThat(log).containsExactlyInAnyOrderElementsOf(byConversation.get(id));
    }
  }

  @Test
  void a_message_that_reaches_both_at_once_is_written_once() throws Exception {
    for (ConversationId id : conversations(30)) {
      List<Append> batch = List.of(text(id, "alice", "m1"), text(id, "alice", "m2"));

      List<List<AppendResult>> results =
          Race.run(
              List.of(
                  () -> one.messages().append(batch, NOW),
                  () -> other.messages().append(batch, NOW)));

      List<AppendResult> all = new ArrayList<>(results.get(0));
      all.addAll(results.get(1));
      assertThat(all).filteredOn(Appended.class::isInstance).hasSize(2);
      assertThat(all).contains(new Duplicate(1, NOW), new Duplicate(2, NOW));
    }
  }

  @Test
  void cursors_that_both_move_never_go_back() throws Exception {
    List<ConversationId> ids = conversations(10);
    int end = 200;
    for (ConversationId id : ids) {
      List<Append> batch = new ArrayList<>();
      for (int i = 1; i <= end; i++) {
        batch.add(text(id, "alice", "m" + i));
      }
      one.messages().append(batch, NOW);
    }
    List<Callable<List<CursorResult.Stored>>> movers = new ArrayList<>();
    for (int t = 0; t < 2 * THREADS_PER_NODE; t++) {
      JdbcStores node = t % 2 == 0 ? one : other;
      Random random = new Random(t);
      movers.add(
          () -> {
            List<CursorResult.Stored> stored = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
              List<CursorMove> moves = new ArrayList<>();
              for (ConversationId id : shuffled(ids, random)) {
                long seq = random.nextInt(end) + 1L;
                moves.add(new CursorMove(id, "alice", new Cursors(seq / 2, seq)));
              }
              for (CursorResult result : node.conversations().advance(moves)) {
                stored.add((CursorResult.Stored) result);
              }
            }
            return stored;
          });
    }

    List<CursorResult.Stored> moves = Race.run(movers).stream().flatMap(List::stream).toList();

    assertThat(moves)
        .allSatisfy(
            move -> {
              assertThat(move.now().readSeq()).isGreaterThanOrEqualTo(move.before().readSeq());
              assertThat(move.now().receivedSeq())
                  .isGreaterThanOrEqualTo(move.before().receivedSeq());
            });
    // Each step began where another one had ended, so no step was lost.
    for (ConversationId id : ids) {
      Cursors now = one.conversations().cursors(id, List.of()).get("alice");
      assertThat(moves).anyMatch(move -> move.now().equals(now));
    }
  }

  @Test
  void what_is_changed_about_a_member_takes_back_no_cursor_of_hers() throws Exception {
    int changes = 100;
    isChanged(TestGroups.create(one, List.of("bob")));
    for (int version = 1; version <= changes; version++) {
      isChanged(TestGroups.change(one, version, new GroupChange.MemberMuted("bob", version), NOW));
    }

    List<List<CursorResult>> results =
        Race.run(
            List.of(
                () -> {
                  for (int i = 1; i <= changes; i++) {
                    GroupChange change = new GroupChange.MemberMuted("bob", i);
                    isChanged(TestGroups.change(one, changes + i, change, NOW));
                  }
                  return List.of();
                },
                () -> {
                  List<CursorResult> moves = new ArrayList<>();
                  for (int seq = 1; seq <= changes; seq++) {
                    Cursors to = new Cursors(seq, seq);
                    moves.addAll(
                        other
                            .conversations()
                            .advance(List.of(new CursorMove(TestGroups.GROUP, "bob", to))));
                  }
                  return moves;
                }));

    List<CursorResult> expected = new ArrayList<>();
    for (int seq = 1; seq <= changes; seq++) {
      expected.add(new CursorResult.Stored(new Cursors(seq - 1, seq - 1), new Cursors(seq, seq)));
    }
    assertThat(results.get(1)).isEqualTo(expected);
    assertThat(one.conversations().cursors(TestGroups.GROUP, List.of("bob")))
        .containsEntry("bob", new Cursors(changes, changes));
  }

  private static void isChanged(GroupStore.Result result) {
    assertThat(result).isInstanceOf(GroupStore.Result.Changed.class);
  }

  private static List<LogEntry> write(JdbcStores node, List<ConversationId> ids, int thread) {
    Random random = new Random(thread);
    List<LogEntry> acknowledged = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      List<Append> batch = new ArrayList<>();
      for (ConversationId id : shuffled(ids, random).subList(0, 1 + random.nextInt(ids.size()))) {
        for (int i = 0; i <= random.nextInt(4); i++) {
          batch.add(text(id, "alice", thread + "." + round + "." + i));
        }
      }
      for (AppendResult result : node.messages().append(batch, NOW + random.nextInt(1_000))) {
        acknowledged.add(((Appended) result).entry());
      }
    }
    return acknowledged;
  }

  private static <T> List<T> shuffled(List<T> list, Random random) {
    List<T> copy = new ArrayList<>(list);
    Collections.shuffle(copy, random);
    return copy;
  }
}
