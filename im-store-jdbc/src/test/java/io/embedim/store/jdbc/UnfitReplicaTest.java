package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.TestDrafts.ALICE_BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.spi.store.SeqRange;
import io.embedim.spi.store.StoreException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A replica that is away, or is not what it should be, is not missed. */
class UnfitReplicaTest extends LaggingReplica {

  @Test
  void a_replica_that_is_away_when_the_stores_are_built_is_used_when_it_is_there() {
    replica.goesAway();
    JdbcStores others = build();
    forget();

    assertThat(others.messages().read(ALICE_BOB, SeqRange.after(0, 99).asOf(10))).hasSize(10);
    assertThat(databaseReads()).isEqualTo(1);

    replica.comesBack();
    pass(ReadReplica.PAUSE);
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

    pass(ReadReplica.PAUSE);
    for (int i = 0; i < 5; i++) {
      assertThat(read(SeqRange.after(0, 99).asOf(10))).hasSize(10);
    }
    assertThat(replica.attempts() - before).isEqualTo(2);

    replica.comesBack();
    pass(ReadReplica.PAUSE.minusNanos(1));
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
    forget();
    JdbcStores others = build();
    database.forget();

    assertThat(others.messages().read(ALICE_BOB, SeqRange.after(0, 99).asOf(10))).hasSize(10);
    pass(ReadReplica.PAUSE);
    assertThat(others.messages().read(ALICE_BOB, SeqRange.after(0, 99).asOf(10))).hasSize(10);
    assertThat(replica.reads()).isZero();

    assertThat(replica.dataSource().roundTrips()).allMatch(CopiedDatabase::onlyReads);

    replica.follow();
    pass(ReadReplica.PAUSE);
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
      pass(ReadReplica.PAUSE);
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
}
