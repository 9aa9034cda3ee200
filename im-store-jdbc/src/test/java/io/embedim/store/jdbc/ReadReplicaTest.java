package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.TestDrafts.ALICE_BOB;
import static io.embedim.store.jdbc.TestDrafts.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.core.HistoryQuery;
import io.embedim.core.SyncQuery;
import io.embedim.spi.model.Content;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.store.SeqRange;
import io.embedim.spi.store.SeqRange.End;
import io.embedim.spi.store.StoreException;
import io.embedim.testkit.ImTestEngine;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What may be read from a replica, and what never is. */
class ReadReplicaTest extends LaggingReplica {

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
  void nothing_is_written_to_the_replica_nor_is_it_closed() {
    read(SeqRange.after(0, 99).asOf(10));
    stores.close();
    stores.close();

    assertThat(replica.dataSource().roundTrips()).allMatch(CopiedDatabase::onlyReads);
    assertThat(replica.dataSource().isClosed()).isFalse();
    assertThat(replica.dataSource().openConnections()).isZero();
    assertThatThrownBy(() -> read(SeqRange.after(0, 99).asOf(10)))
        .isInstanceOf(StoreException.class)
        .hasMessage("the stores are closed");
  }

  @Test
  void the_description_names_it() {
    assertThat(stores.describe()).endsWith(", with a read replica");
    assertThat(JdbcStores.create(database).describe()).doesNotContain("replica");
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
