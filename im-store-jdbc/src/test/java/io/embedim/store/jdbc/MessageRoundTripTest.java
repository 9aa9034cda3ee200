package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.RoundTrips.reading;
import static io.embedim.store.jdbc.RoundTrips.transaction;
import static io.embedim.store.jdbc.RoundTrips.verbs;
import static io.embedim.store.jdbc.TestDrafts.ALICE_BOB;
import static io.embedim.store.jdbc.TestDrafts.NOW;
import static io.embedim.store.jdbc.TestDrafts.conversations;
import static io.embedim.store.jdbc.TestDrafts.expiring;
import static io.embedim.store.jdbc.TestDrafts.revision;
import static io.embedim.store.jdbc.TestDrafts.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.Content;
import io.embedim.spi.model.ContentType;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.Revision;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.AppendResult.Appended;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What messages can do costs a bounded number of statements, and nothing where they do not. */
class MessageRoundTripTest {

  private SpyDataSource dataSource;
  private JdbcStores stores;

  @BeforeEach
  void open() {
    dataSource = new SpyDataSource(TestDatabase.dataSource(TestDatabase.lastingInMemory()));
    stores = JdbcStores.create(dataSource);
    append(List.of(text(ALICE_BOB, "alice", "first")));
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100})
  void messages_that_expire_cost_one_statement_more_and_those_that_are_hidden_two(int size) {
    List<Append> expiring =
        IntStream.range(0, size).mapToObj(i -> expiring(ALICE_BOB, "alice", "e" + i, 9)).toList();
    List<Append> hidden =
        IntStream.range(0, size)
            .mapToObj(i -> new Append(text(ALICE_BOB, "alice", "h" + i).draft(), 1, "bob"))
            .toList();

    assertThat(append(expiring)).isEqualTo(transaction("SELECT", "INSERT", "INSERT", "MERGE"));
    assertThat(append(hidden))
        .isEqualTo(transaction("SELECT", "INSERT", "INSERT", "UPDATE", "MERGE"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100})
  void an_edit_costs_more_only_where_something_was_kept_or_is_to_be(int size) {
    append(texts(size));

    assertThat(append(edits(size, "a", false)))
        .as("the first edit")
        .isEqualTo(transaction("SELECT", "SELECT", "UPDATE", "INSERT", "INSERT", "MERGE"));
    assertThat(append(edits(size, "b", false)))
        .as("and what the edit before said is taken away")
        .isEqualTo(
            transaction(
                "SELECT", "SELECT", "UPDATE", "UPDATE", "UPDATE", "INSERT", "INSERT", "MERGE"));
    assertThat(append(edits(size, "c", true)))
        .as("and what it said is kept")
        .isEqualTo(
            transaction("SELECT", "SELECT", "INSERT", "UPDATE", "INSERT", "INSERT", "MERGE"));
    assertThat(append(edits(size, "d", false)))
        .as("and what was kept is dropped")
        .isEqualTo(
            transaction(
                "SELECT", "SELECT", "DELETE", "UPDATE", "UPDATE", "UPDATE", "INSERT", "INSERT",
                "MERGE"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 50})
  void what_is_asked_about_messages_is_one_statement(int size) {
    append(texts(size));
    append(
        IntStream.range(0, size)
            .mapToObj(
                i ->
                    revision(
                        ALICE_BOB,
                        EntryType.PIN,
                        "bob",
                        "p" + i,
                        new Revision.Pin("m" + i, true, 99)))
            .toList());
    List<String> ids = IntStream.range(0, size).mapToObj(i -> "m" + i).toList();
    dataSource.forget();

    assertThat(stores.messages().find(ALICE_BOB, ids)).hasSize(size);
    assertThat(taken()).isEqualTo(reading("SELECT"));
    assertThat(stores.messages().pinned(ALICE_BOB, NOW)).hasSize(size);
    assertThat(taken()).isEqualTo(reading("SELECT"));
    assertThat(stores.messages().pastContents(ALICE_BOB, 1)).isEmpty();
    assertThat(taken()).isEqualTo(reading("SELECT"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100})
  void a_purge_is_bounded_however_many_messages_it_is_about(int size) {
    List<Append> expiring = new ArrayList<>();
    for (ConversationId id : conversations(size)) {
      expiring.add(expiring(id, "alice", "m", 9));
    }
    append(expiring);
    dataSource.forget();

    assertThat(stores.messages().purgeExpired(NOW, 999)).isZero();
    assertThat(taken()).isEqualTo(reading("SELECT"));
    assertThat(stores.messages().purgeExpired(NOW + 9_000, 999)).isEqualTo(size);

    List<String> statements = new ArrayList<>(reading("SELECT"));
    statements.addAll(transaction("SELECT", "SELECT", "UPDATE", "DELETE", "UPDATE", "DELETE"));
    assertThat(taken()).isEqualTo(statements);
  }

  @Test
  void a_block_is_bounded_and_whoever_asks_for_what_is_due_writes_nothing() {
    dataSource.forget();
    assertThat(stores.contacts().orElseThrow().block("alice", "bob")).isTrue();
    assertThat(taken())
        .isEqualTo(transaction("SELECT", "SELECT", "SELECT", "MERGE", "UPDATE", "INSERT"));
    assertThat(stores.contacts().orElseThrow().membership(ALICE_BOB).version()).isEqualTo(2);
    assertThat(taken()).isEqualTo(reading("SELECT"));
    assertThat(stores.schedules().orElseThrow().claim(NOW, NOW + 9, 9)).isEmpty();
    assertThat(taken()).isEqualTo(reading("SELECT"));
  }

  private static List<Append> texts(int size) {
    return IntStream.range(0, size).mapToObj(i -> text(ALICE_BOB, "alice", "m" + i)).toList();
  }

  private static List<Append> edits(int size, String prefix, boolean keepsPast) {
    Content replacement = new Content(ContentType.TEXT, "{}", prefix);
    return IntStream.range(0, size)
        .mapToObj(
            i ->
                revision(
                    ALICE_BOB,
                    EntryType.EDIT,
                    "alice",
                    prefix + i,
                    new Revision.Edit("m" + i, replacement, keepsPast)))
        .toList();
  }

  private List<String> append(List<Append> batch) {
    dataSource.forget();
    assertThat(stores.messages().append(batch, NOW)).hasOnlyElementsOfType(Appended.class);
    return taken();
  }

  private List<String> taken() {
    List<String> verbs = verbs(dataSource.roundTrips());
    dataSource.forget();
    return verbs;
  }
}
