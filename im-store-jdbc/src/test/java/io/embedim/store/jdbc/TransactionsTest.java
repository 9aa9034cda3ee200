package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.TestDrafts.ALICE_BOB;
import static io.embedim.store.jdbc.TestDrafts.NOW;
import static io.embedim.store.jdbc.TestDrafts.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.spi.store.Append;
import io.embedim.spi.store.AppendResult.Appended;
import io.embedim.spi.store.AppendResult.Duplicate;
import io.embedim.spi.store.SeqRange;
import io.embedim.spi.store.StoreException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a transaction that fails. */
class TransactionsTest {

  private static final int DEADLOCK = 40001;
  private static final int DISK_FULL = 90031;

  private final SpyDataSource dataSource =
      new SpyDataSource(TestDatabase.dataSource(TestDatabase.lastingInMemory()));
  private JdbcStores stores;

  @BeforeEach
  void open() {
    stores = JdbcStores.create(dataSource);
    dataSource.forget();
  }

  @ParameterizedTest
  @CsvSource({
    "SELECT c.id, 40001",
    "INSERT INTO im_conversation, 23505",
    "INSERT INTO im_message, 50200",
    "INSERT INTO im_message, 90131",
    "commit, 40001"
  })
  void a_transaction_that_lost_against_others_is_run_again_as_a_whole(String call, int code) {
    dataSource.failNext(3, call, failure(code));

    assertThat(append("m1")).isInstanceOf(Appended.class);

    assertThat(dataSource.roundTrips().stream().filter(trip -> trip.startsWith("SELECT c.id")))
        .hasSize(call.startsWith("SELECT") ? 1 : 4);
    assertThat(dataSource.roundTrips().stream().filter("commit"::equals)).hasSize(1);
    assertThat(stores.messages().read(ALICE_BOB, SeqRange.after(0, 10))).hasSize(1);
    assertThat(dataSource.openConnections()).isZero();
  }

  @Test
  void it_is_not_run_again_for_ever() {
    dataSource.failNext(Integer.MAX_VALUE, "commit", failure(DEADLOCK));

    assertThatThrownBy(() -> append("m1"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("gave up after")
        .hasRootCauseInstanceOf(SQLException.class);

    assertThat(dataSource.roundTrips().stream().filter(trip -> trip.startsWith("SELECT c.id")))
        .hasSizeBetween(2, 12);
    assertThat(stores.messages().read(ALICE_BOB, SeqRange.after(0, 10))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"SELECT c.id", "INSERT INTO im_member", "INSERT INTO im_message", "commit"})
  void any_other_failure_is_told_at_once_and_leaves_nothing_behind(String call) {
    dataSource.failNext(1, call, failure(DISK_FULL));

    assertThatThrownBy(() -> append("m1"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("failure " + DISK_FULL);

    assertThat(stores.messages().read(ALICE_BOB, SeqRange.after(0, 10))).isEmpty();
    assertThat(stores.conversations().heads(List.of(ALICE_BOB))).isEmpty();
    assertThat(append("m1")).isInstanceOf(Appended.class);
    assertThat(append("m1")).isEqualTo(new Duplicate(1, NOW));
  }

  @Test
  void no_failure_shows_what_was_written() {
    dataSource.failNext(1, "INSERT INTO im_message", failure(DISK_FULL));

    assertThatThrownBy(() -> append("a-secret"))
        .satisfies(
            failure -> {
              for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                assertThat(cause.toString()).doesNotContain("a-secret");
              }
            });
  }

  private Object append(String messageId) {
    List<Append> batch = List.of(text(ALICE_BOB, "alice", messageId));
    return stores.messages().append(batch, NOW).get(0);
  }

  private static SQLException failure(int code) {
    return new SQLException("failure " + code, "HY000", code);
  }
}
