package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.RoundTrips.reading;
import static io.embedim.store.jdbc.RoundTrips.transaction;
import static io.embedim.store.jdbc.RoundTrips.verbs;
import static io.embedim.store.jdbc.TestDrafts.ALICE_BOB;
import static io.embedim.store.jdbc.TestDrafts.NOW;
import static io.embedim.store.jdbc.TestDrafts.conversations;
import static io.embedim.store.jdbc.TestDrafts.revision;
import static io.embedim.store.jdbc.TestDrafts.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.core.ImEngine;
import io.embedim.core.SyncPage;
import io.embedim.core.SyncQuery;
import io.embedim.spi.hook.Authenticator;
import io.embedim.spi.model.Content;
import io.embedim.spi.model.ContentType;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.Cursors;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.MemberView;
import io.embedim.spi.model.Revision;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.AppendResult;
import io.embedim.spi.store.AppendResult.Appended;
import io.embedim.spi.store.AppendResult.Duplicate;
import io.embedim.spi.store.ConversationStore;
import io.embedim.spi.store.CursorMove;
import io.embedim.spi.store.CursorResult;
import io.embedim.spi.store.ImStores;
import io.embedim.spi.store.MessageStore;
import io.embedim.spi.store.SeqRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a call costs does not depend on how much it is about. */
class RoundTripTest {

  private SpyDataSource dataSource;
  private JdbcStores stores;

  @BeforeEach
  void open() {
    dataSource = new SpyDataSource(TestDatabase.dataSource(TestDatabase.lastingInMemory()));
    stores = JdbcStores.create(dataSource);
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 1_000, 10_000})
  void a_batch_for_one_conversation_is_three_statements_and_one_commit(int size) {
    append(List.of(text(ALICE_BOB, "alice", "before")));

    List<String> roundTrips = append(batch(size, List.of(ALICE_BOB)));

    assertThat(verbs(roundTrips)).isEqualTo(transaction("SELECT", "INSERT", "MERGE"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 1_000, 10_000})
  void a_batch_for_many_conversations_is_three_statements_and_one_commit(int size) {
    List<ConversationId> ids = conversations(size);
    append(ids.stream().map(id -> text(id, "alice", "before")).toList());

    List<String> roundTrips = append(batch(size, ids));

    assertThat(verbs(roundTrips)).isEqualTo(transaction("SELECT", "INSERT", "MERGE"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 1_000, 10_000})
  void a_batch_that_creates_conversations_is_four_statements_and_one_commit(int size) {
    List<String> roundTrips = append(batch(size, conversations(size)));

    assertThat(roundTrips).first().isEqualTo("getTransactionIsolation");
    assertThat(verbs(roundTrips.subList(1, roundTrips.size())))
        .isEqualTo(transaction("SELECT", "INSERT", "INSERT", "INSERT"));
  }

  @Test
  void duplicates_are_looked_up_when_the_index_has_refused_one_and_then_for_a_while() {
    append(batch(10, List.of(ALICE_BOB)));
    dataSource.forget();

    List<AppendResult> results = stores.messages().append(batch(11, List.of(ALICE_BOB)), NOW);

    assertThat(results.subList(0, 10)).hasOnlyElementsOfType(Duplicate.class);
    assertThat(results.get(10)).isInstanceOf(Appended.class);
    List<String> refused =
        List.of("setAutoCommit", "SELECT", "INSERT", "rollback", "setAutoCommit");
    List<String> lookedUp = transaction("SELECT", "SELECT", "INSERT", "MERGE");
    assertThat(verbs(dataSource.roundTrips()))
        .startsWith(refused.toArray(String[]::new))
        .endsWith(lookedUp.toArray(String[]::new))
        .hasSize(refused.size() + 1 + lookedUp.size())
        .element(refused.size())
        .isEqualTo("getTransactionIsolation");

    for (int batch = 1; batch < 100; batch++) {
      assertThat(verbs(append(List.of(text(ALICE_BOB, "alice", "later" + batch)))))
          .isEqualTo(lookedUp);
    }
    assertThat(verbs(append(List.of(text(ALICE_BOB, "alice", "much later")))))
        .isEqualTo(transaction("SELECT", "INSERT", "MERGE"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 250})
  void a_batch_of_revisions_of_every_kind_has_a_bounded_number_of_round_trips(int size) {
    List<ConversationId> ids = conversations(size);
    append(batch(size * 4, ids));
    List<Append> prepare = new ArrayList<>();
    List<Append> revise = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      ConversationId id = ids.get(i);
      String target = "m" + i;
      Revision react = new Revision.React(target, "👍", true, 9);
      prepare.add(revision(id, EntryType.EDIT, "alice", "e" + i, edit(target)));
      prepare.add(revision(id, EntryType.REACTION, "alice", "r" + i, react));
      String other = "m" + (i + size);
      Revision unreact = new Revision.React(other, "👍", false, 9);
      prepare.add(
          revision(
              id, EntryType.REACTION, "bob", "s" + i, new Revision.React(other, "👍", true, 9)));
      revise.add(revision(id, EntryType.REVOKE, "alice", "a" + i, new Revision.Revoke(target)));
      revise.add(revision(id, EntryType.REACTION, "bob", "b" + i, unreact));
      revise.add(
          revision(
              id, EntryType.REACTION, "bob", "c" + i, new Revision.React(other, "🎉", true, 9)));
      revise.add(revision(id, EntryType.PIN, "bob", "d" + i, new Revision.Pin(other, true, 9)));
    }
    append(prepare);

    List<String> roundTrips = append(revise);

    assertThat(verbs(roundTrips))
        .isEqualTo(
            transaction(
                "SELECT", "SELECT", "SELECT", "SELECT", "DELETE", "UPDATE", "UPDATE", "UPDATE",
                "DELETE", "DELETE", "INSERT", "INSERT", "INSERT", "INSERT", "MERGE"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 200})
  void any_number_of_views_is_one_statement_and_at_most_four_for_what_the_logs_say(int size) {
    List<ConversationId> ids = conversations(size);
    append(batch(size * 3, ids));
    append(
        IntStream.range(0, size)
            .mapToObj(
                i ->
                    revision(
                        ids.get(i),
                        EntryType.REACTION,
                        "alice",
                        "x" + i,
                        new Revision.React("m" + (i + 2 * size), "👍", true, 9)))
            .toList());
    dataSource.forget();

    Map<ConversationId, MemberView> members = stores.conversations().memberViews("alice", ids);

    assertThat(members).hasSize(size);
    assertThat(verbs(dataSource.roundTrips())).isEqualTo(reading("SELECT"));
    dataSource.forget();
    assertThat(stores.conversations().complete("alice", members.values(), NOW)).hasSize(size);
    assertThat(verbs(dataSource.roundTrips()))
        .isEqualTo(reading("SELECT", "SELECT", "SELECT", "SELECT"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 100})
  void what_was_missed_is_one_statement_and_one_for_each_conversation(int size) {
    append(batch(size * 3, conversations(size)));
    try (ImEngine engine =
        ImEngine.builder()
            .stores(new LogsOnly(stores))
            .authenticator(token -> new Authenticator.Result.Rejected(""))
            .build()) {
      dataSource.forget();

      SyncPage page = engine.messages().sync("alice", new SyncQuery(Map.of(), 200, 0));

      assertThat(page.conversations())
          .hasSize(size)
          .allSatisfy(missed -> assertThat(missed.entries()).hasSize(3));
      assertThat(verbs(dataSource.roundTrips()))
          .isEqualTo(
              Stream.generate(() -> reading("SELECT"))
                  .limit(1 + size)
                  .flatMap(List::stream)
                  .toList());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 1_000})
  void any_number_of_cursors_moves_in_two_statements_and_one_commit(int size) {
    List<ConversationId> ids = conversations(size);
    append(ids.stream().map(id -> text(id, "alice", "m")).toList());
    dataSource.forget();

    List<CursorResult> results =
        stores
            .conversations()
            .advance(
                ids.stream().map(id -> new CursorMove(id, "alice", new Cursors(1, 1))).toList());

    assertThat(results)
        .hasSize(size)
        .containsOnly(new CursorResult.Stored(Cursors.NONE, new Cursors(1, 1)));
    assertThat(verbs(dataSource.roundTrips())).isEqualTo(transaction("SELECT", "MERGE"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 1_000})
  void any_number_of_entries_is_read_in_at_most_three_statements(int size) {
    append(batch(size, List.of(ALICE_BOB)));
    dataSource.forget();
    stores.messages().read(ALICE_BOB, SeqRange.after(0, 10_000));
    assertThat(verbs(dataSource.roundTrips())).isEqualTo(reading("SELECT"));

    append(
        IntStream.range(0, size)
            .mapToObj(
                i ->
                    revision(
                        ALICE_BOB,
                        EntryType.REACTION,
                        "bob",
                        "x" + i,
                        new Revision.React("m" + i, "👍", true, 9)))
            .toList());
    dataSource.forget();

    assertThat(stores.messages().read(ALICE_BOB, SeqRange.after(0, 10_000))).hasSize(2 * size);
    assertThat(verbs(dataSource.roundTrips())).isEqualTo(reading("SELECT", "SELECT", "SELECT"));
  }

  @Test
  void any_number_of_entries_is_deleted_in_two_statements_and_one_commit() {
    append(batch(1_000, List.of(ALICE_BOB)));
    dataSource.forget();

    stores
        .conversations()
        .delete(
            "bob", ALICE_BOB, LongStream.rangeClosed(1, 900).boxed().collect(Collectors.toSet()));

    assertThat(verbs(dataSource.roundTrips())).isEqualTo(transaction("SELECT", "INSERT"));
    assertThat(stores.conversations().deleted("bob", ALICE_BOB, 1, 1_000)).hasSize(900);
  }

  private static List<Append> batch(int size, List<ConversationId> ids) {
    return IntStream.range(0, size)
        .mapToObj(i -> text(ids.get(i % ids.size()), "alice", "m" + i))
        .toList();
  }

  private static Revision edit(String target) {
    return new Revision.Edit(target, new Content(ContentType.TEXT, "{}", ""), true);
  }

  /** Appends what nothing speaks against, and returns the round trips. */
  private List<String> append(List<Append> batch) {
    dataSource.forget();
    List<AppendResult> results = stores.messages().append(batch, NOW);
    assertThat(results).hasSize(batch.size()).hasOnlyElementsOfType(Appended.class);
    return dataSource.roundTrips();
  }

  /** Without what the engine looks after by itself, now and then. */
  private record LogsOnly(JdbcStores stores) implements ImStores {

    @Override
    public MessageStore messages() {
      return stores.messages();
    }

    @Override
    public ConversationStore conversations() {
      return stores.conversations();
    }

    @Override
    public String describe() {
      return stores.describe();
    }

    @Override
    public void close() {}
  }
}
