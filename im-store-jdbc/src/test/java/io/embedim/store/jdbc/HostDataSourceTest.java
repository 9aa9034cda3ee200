package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.TestDrafts.ALICE_BOB;
import static io.embedim.store.jdbc.TestDrafts.NOW;
import static io.embedim.store.jdbc.TestDrafts.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.spi.store.StoreException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The host's DataSource is used as it is; see also {@link HostDataSourceRules}. */
class HostDataSourceTest {

  private final SpyDataSource dataSource =
      new SpyDataSource(TestDatabase.dataSource(TestDatabase.lastingInMemory()));

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
}
