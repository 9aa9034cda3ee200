package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.TestDrafts.ALICE_BOB;
import static io.embedim.store.jdbc.TestDrafts.NOW;
import static io.embedim.store.jdbc.TestDrafts.revision;
import static io.embedim.store.jdbc.TestDrafts.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.core.HistoryQuery;
import io.embedim.core.SyncQuery;
import io.embedim.spi.model.Content;
import io.embedim.spi.model.ContentType;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.Revision;
import io.embedim.spi.store.AppendResult.Appended;
import io.embedim.spi.store.SeqRange;
import io.embedim.spi.store.SeqRange.End;
import io.embedim.spi.store.StoreException;
import io.embedim.testkit.ImTestEngine;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be read from a replica, and what is read from it all the same: nothing. */
class ReadReplicaTest {

  private static final ConversationId ALICE_CAROL = ConversationId.direct("alice", "carol");
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final AtomicLong time = new AtomicLong();
  private final String url = TestDatabase.lastingInMemory();
  private final SpyDataSource database = new SpyDataSource(TestDatabase.dataSource(url));
  private final CopiedDatabase replica = new CopiedDatabase(url);
  private JdbcStores stores;

  @BeforeEach
  void open() throws SQLException {
    JdbcStores.create(TestDatabase.dataSource(url)).close();
    replica.follow();
    stores = build();
    append(ALICE_BOB, 1, 10);
    append(ALICE_CAROL, 1, 3);
    replica.follow();
    forget();
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @ParameterizedTest
  @MethodSource("stretches")
  void a_replica_that_is_up_to_date_is_read_instead_of_the_database(SeqRange stretch) {
    List<LogEntry> entries = read(stretch.asOf(10));

    assertThat(replica.reads()).isEqualTo(1);
    assertThat(databaseReads()).isZero();
    assertThat(entries).isEqualTo(read(stretch));
    assertThat(replica.reads()).isEqualTo(1);
    assertThat(databaseReads()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("stretches")
  void a_replica_that_lags_is_not_believed(SeqRange stretch) {
    revoke("m4");

    List<LogEntry> entries = read(stretch.asOf(11));

    assertThat(entries).isEqualTo(read(stretch));
    assertThat(entries).allMatch(e -> e.state().revoked() == (e.seq() == 4));
    assertThat(databaseReads()).isEqualTo(2);
  }

  static Stream<SeqRange> stretches() {
    return Stream.of(
        SeqRange.after(0, 8),
        SeqRange.after(3, 3),
        SeqRange.before(9, 0, 8),
        SeqRange.before(9, 3, 100),
        SeqRange.before(5, 0, 3),
        new SeqRange(2, 9, 100, End.OLDEST),
        new SeqRange(3, 5, 1, End.OLDEST));
  }

  @Test
  void a_replica_that_has_what_is_demanded_may_lag_otherwise() {
    append(ALICE_BOB, 11, 13);

    assertThat(read(SeqRange.after(0, 100).asOf(10))).hasSize(10);
    assertThat(read(SeqRange.before(Long.MAX_VALUE, 0, 100).asOf(9))).hasSize(10);
    assertThat(read(SeqRange.before(Long.MAX_VALUE, 0, 2).asOf(0)))
        .extracting(LogEntry::seq)
        .containsExactly(9L, 10L);
    assertThat(databaseReads()).isZero();
  }

  @Test
  void a_lag_in_one_conversation_does_not_concern_the_others() {
    append(ALICE_BOB, 11, 11);

    assertThat(read(SeqRange.after(0, 100).asOf(11))).hasSize(11);
    assertThat(stores.messages().read(ALICE_CAROL, SeqRange.after(0, 9).asOf(3))).hasSize(3);

    assertThat(databaseReads()).isEqualTo(1);
    assertThat(replica.reads()).isEqualTo(2);
  }

  @Test
  void what_does_not_say_how_old_it_may_be_is_never_read_from_the_replica() {
    int before = replica.attempts();
    stores.messages().read(ALICE_BOB, SeqRange.after(0, 10));
    stores.messages().read(ALICE_BOB, SeqRange.before(5, 0, 10));
    stores.messages().find(ALICE_BOB, "m1");
    stores.conversations().views("alice", List.of(ALICE_BOB), NOW);

    assertThat(replica.attempts()).isEqualTo(before);
  }

  @Test
  void a_stretch_that_was_empty_needs_no_database() {
    assertThat(read(SeqRange.after(10, 5).asOf(10))).isEmpty();
    assertThat(read(SeqRange.before(1, 0, 5).asOf(10))).isEmpty();
    assertThat(read(SeqRange.before(Long.MIN_VALUE, 0, 5).asOf(10))).isEmpty();
    assertThat(read(SeqRange.after(Long.MAX_VALUE, 5).asOf(10))).isEmpty();
    assertThat(databaseReads()).isZero();
  }

  @Test
  void a_replica_that_catches_up_during_a_read_is_not_taken_for_one_that_was_up_to_date() {
    revoke("m4");
    replica.afterNextStatement(replica::follow);

    assertThat(read(SeqRange.after(3, 1).asOf(11))).allMatch(entry -> entry.state().revoked());

    assertThat(databaseReads()).isEqualTo(1);
    assertThat(read(SeqRange.after(3, 1).asOf(11))).allMatch(entry -> entry.state().revoked());
    assertThat(databaseReads()).isEqualTo(1);
  }

  @Test
  void history_and_sync_never_show_what_was_revoked_or_edited_before_they_were_asked_for()
      throws SQLException {
    try (ImTestEngine im = ImTestEngine.builder().stores(stores).start()) {
      revoke("m4");
      edit("m5", "better");

      for (int followed = 0; followed < 2; followed++) {
        forget();
        for (List<LogEntry> entries : List.of(history(im, "bob"), sync(im, "bob"))) {
          assertThat(entries).hasSize(12);
          assertThat(entries.get(3).draft().content()).isEqualTo(Content.REVOKED);
          assertThat(entries.get(4).draft().content().plainText()).isEqualTo("better");
        }
        assertThat(databaseReads()).isEqualTo(followed == 0 ? 2 : 0);
        replica.follow();
      }
      assertThat(replica.reads()).isEqualTo(2);
    }
  }

  @Test
  void what_a_user_deleted_or_cleared_does_not_come_back_from_a_replica_that_has_not_heard_of_it() {
    try (ImTestEngine im = ImTestEngine.builder().stores(stores).start()) {
      stores.conversations().delete("bob", ALICE_BOB, Set.of(2L, 10L));
      forget();
      assertThat(history(im, "bob"))
          .extracting(LogEntry::seq)
          .containsExactly(1L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
      assertThat(replica.reads()).isEqualTo(1);
      assertThat(databaseReads()).isZero();

      stores.conversations().clear("bob", ALICE_BOB);
      append(ALICE_BOB, 11, 11);
      assertThat(history(im, "bob")).extracting(LogEntry::seq).containsExactly(11L);
      assertThat(history(im, "alice")).hasSize(11);
    }
  }

  @Test
  void a_replica_that_is_away_when_the_stores_are_built_is_used_when_it_is_there() {
    replica.goesAway();
    JdbcStores others = build();
    forget();

    assertThat(others.messages().read(ALICE_BOB, SeqRange.after(0, 99).asOf(10))).hasSize(10);
    assertThat(databaseReads()).isEqualTo(1);

    replica.comesBack();
    pass(PAUSE);
    forget();
    assertThat(others.messages().read(ALICE_BOB, SeqRange.after(0, 99).asOf(10))).hasSize(10);
    assertThat(replica.reads()).isEqualTo(1);
    assertThat(databaseReads()).isZero();
  }

  @Test
  void a_replica_that_fails_is_left_alone_and_tried_once_in_a_while() {
    read(SeqRange.after(0, 99).asOf(10));
    replica.goesAway();
    int before = replica.attempts();
    forget();

    for (int i = 0; i < 5; i++) {
      assertThat(read(SeqRange.after(0, 99).asOf(10))).hasSize(10);
    }
    assertThat(replica.attempts() - before).isEqualTo(1);
    assertThat(databaseReads()).isEqualTo(5);

    pass(PAUSE);
    for (int i = 0; i < 5; i++) {
      assertThat(read(SeqRange.after(0, 99).asOf(10))).hasSize(10);
    }
    assertThat(replica.attempts() - before).isEqualTo(2);

    replica.comesBack();
    pass(PAUSE.minusNanos(1));
    read(SeqRange.after(0, 99).asOf(10));
    assertThat(replica.attempts() - before).isEqualTo(2);
    pass(Duration.ofNanos(1));
    forget();
    for (int i = 0; i < 5; i++) {
      assertThat(read(SeqRange.after(0, 99).asOf(10))).hasSize(10);
    }
    assertThat(replica.reads()).isEqualTo(5);
    assertThat(databaseReads()).isZero();
  }

  @Test
  void a_statement_that_fails_on_the_replica_is_answered_by_the_database() {
    replica.dataSource().failNext(1, "SELECT m.", new SQLException("connection lost", "08S01"));

    assertThat(read(SeqRange.after(0, 99).asOf(10))).hasSize(10);

    assertThat(databaseReads()).isEqualTo(1);
    assertThat(replica.dataSource().openConnections()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DROP ALL OBJECTS",
        "DELETE FROM im_schema_history WHERE version = 2",
        "UPDATE im_schema_history SET success = FALSE WHERE version = 2",
        "UPDATE im_schema_history SET checksum = 'other' WHERE version = 1",
        "INSERT INTO im_schema_history VALUES (9, 'new', 'new', CURRENT_TIMESTAMP, TRUE)"
      })
  void a_replica_with_other_tables_is_not_used_until_they_are_ours(String change)
      throws SQLException {
    TestDatabase.execute(replica.url(), change);
    JdbcStores others = build();
    forget();

    assertThat(others.messages().read(ALICE_BOB, SeqRange.after(0, 99).asOf(10))).hasSize(10);
    pass(PAUSE);
    assertThat(others.messages().read(ALICE_BOB, SeqRange.after(0, 99).asOf(10))).hasSize(10);
    assertThat(replica.reads()).isZero();

    replica.follow();
    pass(PAUSE);
    assertThat(others.messages().read(ALICE_BOB, SeqRange.after(0, 99).asOf(10))).hasSize(10);
    assertThat(replica.reads()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM im_message WHERE conversation_id = 'alice:bob'",
        "DELETE FROM im_message WHERE conversation_id = 'alice:bob' AND seq = 1",
        "DELETE FROM im_message WHERE conversation_id = 'alice:bob' AND seq = 5",
        "DELETE FROM im_message WHERE conversation_id = 'alice:bob' AND seq = 10",
        "DELETE FROM im_message WHERE conversation_id = 'alice:bob' AND seq > 8",
        "DROP TABLE im_message"
      })
  void a_replica_that_lost_messages_is_not_believed(String damage) throws SQLException {
    TestDatabase.execute(replica.url(), damage);

    for (SeqRange range :
        List.of(
            SeqRange.after(0, 99),
            SeqRange.before(Long.MAX_VALUE, 0, 99),
            SeqRange.after(0, 10),
            SeqRange.before(11, 0, 10))) {
      assertThat(read(range.asOf(10))).hasSize(10);
      pass(PAUSE);
    }
    assertThat(databaseReads()).isEqualTo(4);
  }

  @Test
  void a_replica_that_lost_a_table_of_details_is_not_believed() throws SQLException {
    revoke("m4");
    replica.follow();
    TestDatabase.execute(replica.url(), "DELETE FROM im_revision");

    assertThat(read(SeqRange.after(0, 99).asOf(11))).hasSize(11);

    assertThat(databaseReads()).isEqualTo(1);
  }

  @Test
  void nothing_is_written_to_the_replica_nor_is_it_closed() {
    read(SeqRange.after(0, 99).asOf(10));
    stores.close();
    stores.close();

    assertThat(replica.dataSource().roundTrips())
        .allMatch(call -> call.startsWith("SELECT") || call.equals("getTransactionIsolation"));
    assertThat(replica.dataSource().isClosed()).isFalse();
    assertThat(replica.dataSource().openConnections()).isZero();
    assertThatThrownBy(() -> read(SeqRange.after(0, 99).asOf(10)))
        .isInstanceOf(StoreException.class)
        .hasMessage("the stores are closed");
  }

  @Test
  void an_interrupted_reader_is_not_the_replicas_fault() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> read(SeqRange.after(0, 99).asOf(10)))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("interrupted");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(read(SeqRange.after(0, 99).asOf(10))).hasSize(10);
    assertThat(replica.reads()).isEqualTo(1);
  }

  @Test
  void the_description_names_it() {
    assertThat(stores.describe()).endsWith(", with a read replica");
    assertThat(JdbcStores.create(database).describe()).doesNotContain("replica");
  }

  private JdbcStores build() {
    return JdbcStores.builder()
        .dataSource(database)
        .readReplica(replica.dataSource())
        .nanoTime(time::get)
        .build();
  }

  private void forget() {
    database.forget();
    replica.dataSource().forget();
  }

  private long databaseReads() {
    return CopiedDatabase.reads(database);
  }

  private void pass(Duration duration) {
    time.addAndGet(duration.toNanos());
  }

  private List<LogEntry> read(SeqRange range) {
    return stores.messages().read(ALICE_BOB, range);
  }

  private void append(ConversationId id, int from, int to) {
    for (int i = from; i <= to; i++) {
      assertThat(stores.messages().append(List.of(text(id, "alice", "m" + i)), NOW))
          .hasOnlyElementsOfType(Appended.class);
    }
  }

  private void revoke(String target) {
    revise(EntryType.REVOKE, new Revision.Revoke(target));
  }

  private void edit(String target, String text) {
    revise(EntryType.EDIT, new Revision.Edit(target, new Content(ContentType.TEXT, "{}", text)));
  }

  private void revise(EntryType type, Revision revision) {
    assertThat(
            stores
                .messages()
                .append(List.of(revision(ALICE_BOB, type, "alice", "r-" + type, revision)), NOW))
        .hasOnlyElementsOfType(Appended.class);
  }

  private static List<LogEntry> history(ImTestEngine im, String userId) {
    return im.engine()
        .messages()
        .history(userId, new HistoryQuery(ALICE_BOB, null, null, 50))
        .entries();
  }

  private static List<LogEntry> sync(ImTestEngine im, String userId) {
    return im.engine()
        .messages()
        .sync(userId, new SyncQuery(Map.of(ALICE_BOB, 0L), 50, 0))
        .conversations()
        .get(0)
        .entries();
  }
}
