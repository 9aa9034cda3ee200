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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Connections of the host's DataSource are given back as they came. */
abstract class HostDataSourceRules {

  static final String PREFIX = "host_";

  private DataSource database;
  private SpyDataSource dataSource;

  /** A database whose tables with our prefix are empty. */
  abstract DataSource empty() throws Exception;

  @BeforeEach
  void begin() throws Exception {
    database = empty();
    dataSource = new SpyDataSource(database);
  }

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

    useEverything(create());

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

    useEverything(create());

    assertThat(
            query(
                "SELECT user_id FROM host_member WHERE read_seq = 2 AND pinned AND cleared_seq = 2"))
        .containsExactly("bob");
    assertThat(query("SELECT message_id FROM host_message ORDER BY seq"))
        .containsExactly("m1", "m2");
    assertThat(query("SELECT seq FROM host_message_deleted")).containsExactly("1");
  }

  @Test
  void a_failed_call_gives_its_connection_back_too() throws SQLException {
    handsOut(false, Connection.TRANSACTION_SERIALIZABLE);
    JdbcStores stores = create();
    stores.messages().append(List.of(text(ALICE_BOB, "alice", "m1")), NOW);
    execute("ALTER TABLE host_message RENAME TO host_elsewhere");
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
    execute("ALTER TABLE host_elsewhere RENAME TO host_message");
    assertThat(stores.messages().append(List.of(text(ALICE_BOB, "alice", "m3")), NOW))
        .hasOnlyElementsOfType(Appended.class)
        .extracting(result -> ((Appended) result).entry().seq())
        .containsExactly(2L);
  }

  private void handsOut(boolean autoCommit, int isolation) {
    dataSource.handsOutConnectionsWith(
        connection -> {
          connection.setTransactionIsolation(isolation);
          connection.setAutoCommit(autoCommit);
        });
  }

  private JdbcStores create() {
    // Nobody else uses connections.
    return JdbcStores.builder()
        .dataSource(dataSource)
        .tablePrefix(PREFIX)
        .withoutIndexing()
        .build();
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<String> query(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (result.next()) {
        values.add(result.getString(1));
      }
      return values;
    }
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
