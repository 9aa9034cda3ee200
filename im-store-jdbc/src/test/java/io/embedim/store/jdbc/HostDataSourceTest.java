package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.TestDrafts.ALICE_BOB;
import static io.embedim.store.jdbc.TestDrafts.NOW;
import static io.embedim.store.jdbc.TestDrafts.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.spi.model.Cursors;
import io.embedim.spi.store.AppendResult.Appended;
import io.embedim.spi.store.ConversationQuery;
import io.embedim.spi.store.CursorMove;
import io.embedim.spi.store.SeqRange;
import io.embedim.spi.store.SettingsChange;
import io.embedim.spi.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The host's DataSource is used as it is. */
class HostDataSourceTest {

  private final String url = TestDatabase.lastingInMemory();
  private final SpyDataSource dataSource = new SpyDataSource(TestDatabase.dataSource(url));

  @ParameterizedTest
  @CsvSource({
    "true, " + Connection.TRANSACTION_READ_UNCOMMITTED,
    "true, " + Connection.TRANSACTION_READ_COMMITTED,
    "true, " + Connection.TRANSACTION_SERIALIZABLE,
    "false, " + Connection.TRANSACTION_READ_COMMITTED,
    "false, " + Connection.TRANSACTION_REPEATABLE_READ,
    "false, " + Connection.TRANSACTION_SERIALIZABLE
  })
  void connections_come_back_with_the_settings_that_they_had(boolean autoCommit, int isolation) {
    handsOut(autoCommit, isolation);

    useEverything(JdbcStores.create(dataSource));

    assertThat(dataSource.returned())
        .isNotEmpty()
        .containsOnly(new SpyDataSource.Returned(autoCommit, isolation, false));
    assertThat(dataSource.openConnections()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "true, " + Connection.TRANSACTION_SERIALIZABLE,
    "false, " + Connection.TRANSACTION_READ_UNCOMMITTED
  })
  void what_was_written_is_committed_whatever_the_settings(boolean autoCommit, int isolation)
      throws SQLException {
    handsOut(autoCommit, isolation);

    useEverything(JdbcStores.create(dataSource));

    assertThat(
            TestDatabase.query(
                url, "SELECT read_seq || ' ' || pinned || ' ' || cleared_seq FROM im_member"))
        .containsExactlyInAnyOrder("2 TRUE 2", "0 FALSE 0");
    assertThat(TestDatabase.query(url, "SELECT message_id FROM im_message"))
        .containsExactlyInAnyOrder("m1", "m2");
    assertThat(TestDatabase.query(url, "SELECT seq FROM im_message_deleted")).containsExactly("1");
  }

  @Test
  void a_failed_call_gives_its_connection_back_too() throws SQLException {
    handsOut(false, Connection.TRANSACTION_SERIALIZABLE);
    JdbcStores stores = JdbcStores.create(dataSource);
    stores.messages().append(List.of(text(ALICE_BOB, "alice", "m1")), NOW);
    TestDatabase.execute(url, "ALTER TABLE im_message RENAME TO elsewhere");
    dataSource.forget();

    assertThatThrownBy(() -> stores.messages().append(List.of(text(ALICE_BOB, "alice", "m2")), NOW))
        .isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> stores.messages().read(ALICE_BOB, SeqRange.after(0, 10)))
        .isInstanceOf(StoreException.class);

    assertThat(dataSource.returned())
        .hasSize(2)
        .containsOnly(
            new SpyDataSource.Returned(false, Connection.TRANSACTION_SERIALIZABLE, false));
    assertThat(dataSource.openConnections()).isZero();
    TestDatabase.execute(url, "ALTER TABLE elsewhere RENAME TO im_message");
    assertThat(stores.messages().append(List.of(text(ALICE_BOB, "alice", "m3")), NOW))
        .hasOnlyElementsOfType(Appended.class)
        .extracting(result -> ((Appended) result).entry().seq())
        .containsExactly(2L);
  }

  @Test
  void it_is_not_closed_with_the_stores() {
    JdbcStores stores = JdbcStores.create(dataSource);

    stores.close();
    stores.close();

    assertThat(dataSource.isClosed()).isFalse();
    assertThat(JdbcStores.create(dataSource).messages().find(ALICE_BOB, "m1")).isEmpty();
  }

  @Test
  void closed_stores_refuse_every_call() {
    JdbcStores stores = JdbcStores.create(dataSource);
    stores.close();

    assertThatThrownBy(() -> stores.messages().find(ALICE_BOB, "m1"))
        .isInstanceOf(StoreException.class)
        .hasMessage("the stores are closed");
    assertThatThrownBy(() -> stores.messages().append(List.of(text(ALICE_BOB, "alice", "m1")), NOW))
        .isInstanceOf(StoreException.class)
        .hasMessage("the stores are closed");
  }

  @Test
  void a_data_source_that_gives_no_connection_is_a_failure_of_the_store() {
    JdbcStores stores = JdbcStores.create(dataSource);
    dataSource.handsOutConnectionsWith(
        connection -> {
          connection.close();
          throw new SQLException("the pool is closed");
        });

    assertThatThrownBy(() -> stores.messages().append(List.of(text(ALICE_BOB, "alice", "m1")), NOW))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("the pool is closed");
    assertThatThrownBy(() -> stores.conversations().heads(List.of(ALICE_BOB)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("the pool is closed");
  }

  @Test
  void an_interrupted_thread_does_not_touch_the_database() {
    JdbcStores stores = JdbcStores.create(dataSource);
    dataSource.forget();

    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(
              () -> stores.messages().append(List.of(text(ALICE_BOB, "alice", "m1")), NOW))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("interrupted");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(dataSource.roundTrips()).isEmpty();
    assertThat(stores.messages().find(ALICE_BOB, "m1")).isEmpty();
  }

  private void handsOut(boolean autoCommit, int isolation) {
    dataSource.handsOutConnectionsWith(
        connection -> {
          connection.setTransactionIsolation(isolation);
          connection.setAutoCommit(autoCommit);
        });
  }

  private static void useEverything(JdbcStores stores) {
    stores
        .messages()
        .append(List.of(text(ALICE_BOB, "alice", "m1"), text(ALICE_BOB, "bob", "m2")), NOW);
    stores.messages().read(ALICE_BOB, SeqRange.after(0, 10));
    stores.messages().find(ALICE_BOB, "m1");
    stores.conversations().heads(List.of(ALICE_BOB));
    stores
        .conversations()
        .list(new ConversationQuery("bob", ConversationQuery.Order.NEWEST_FIRST, null, 10));
    stores.conversations().views("bob", List.of(ALICE_BOB), NOW);
    stores.conversations().advance(List.of(new CursorMove(ALICE_BOB, "bob", new Cursors(1, 1))));
    stores.conversations().cursors(ALICE_BOB, List.of());
    stores.conversations().update("bob", ALICE_BOB, new SettingsChange(true, null, null, null));
    stores.conversations().delete("bob", ALICE_BOB, Set.of(1L));
    stores.conversations().clear("bob", ALICE_BOB);
    stores.conversations().deleted("bob", ALICE_BOB, 1, 2);
  }
}
