package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.TestDrafts.ALICE_BOB;
import static io.embedim.store.jdbc.TestDrafts.NOW;
import static io.embedim.store.jdbc.TestDrafts.conversations;
import static io.embedim.store.jdbc.TestDrafts.revision;
import static io.embedim.store.jdbc.TestDrafts.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.spi.model.Content;
import io.embedim.spi.model.ContentType;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.Revision;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.MessageStore;
import io.embedim.spi.store.SearchText;
import io.embedim.spi.store.SearchableMessageStore;
import io.embedim.spi.store.SearchableMessageStore.Search;
import io.embedim.spi.store.StoreException;
import io.embedim.testkit.contract.Race;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages that are in the log and not in the index. */
abstract class SearchBacklogRules {

  private static final String PREFIX = "backlog_";
  private static final Tables TABLES = new Tables(null, PREFIX);

  private final ServerDatabase server;
  private Transactions transactions;
  private Dialect dialect;
  private SearchIndex index;

  SearchBacklogRules(ServerDatabase server) {
    this.server = server;
  }

  /** Without search from the beginning, with 450 messages of one conversation, one of another. */
  @BeforeEach
  void begin() throws SQLException {
    server.openEmpty(PREFIX).close();
    try (Connection connection = server.dataSource().getConnection()) {
      dialect = Dialects.of(connection);
    }
    index = dialect.searchIndex();
    transactions = new Transactions(server.dataSource(), dialect, false, 5);
    try (JdbcStores stores = without()) {
      List<Append> messages = new ArrayList<>();
      for (int i = 1; i <= 450; i++) {
        messages.add(text(ALICE_BOB, "alice", "word-" + i));
      }
      messages.add(text(conversations(1).get(0), "alice", "word-other"));
      stores.messages().append(messages, NOW);
    }
  }

  @AfterEach
  void end() {
    transactions.close();
  }

  @Test
  void stores_without_search_cannot_be_searched_and_write_nothing_for_it() throws SQLException {
    try (JdbcStores stores = without()) {
      assertThat(stores.messages()).isNotInstanceOf(SearchableMessageStore.class);
    }
    assertThat(count("message_search")).isZero();
  }

  @Test
  void what_is_not_indexed_yet_is_found_all_the_same_before_while_and_after_it_is_indexed()
      throws SQLException {
    SearchBacklog backlog = backlog();
    backlog.endWithoutIndex();
    assertThat(count("search_backlog")).isEqualTo(2);
    assertAllFound();
    assertThat(count("message_search")).isZero();

    assertThat(backlog.indexSome()).isTrue();
    assertThat(count("message_search")).isEqualTo(200);
    assertAllFound();

    for (int i = 0; i < 3; i++) {
      assertThat(backlog.indexSome()).isTrue();
    }
    assertThat(backlog.indexSome()).isFalse();
    assertThat(backlog.isEmpty()).isTrue();
    assertThat(count("message_search")).isEqualTo(451);
    assertThat(count("search_backlog")).isZero();
    assertAllFound();
  }

  @Test
  void what_is_revised_or_said_before_it_is_indexed_is_found_by_what_it_says_now()
      throws SQLException {
    SearchBacklog backlog = backlog();
    backlog.endWithoutIndex();
    searchable()
        .append(
            List.of(
                revision(
                    ALICE_BOB,
                    EntryType.EDIT,
                    "alice",
                    "e",
                    new Revision.Edit(
                        "word-407", new Content(ContentType.TEXT, "{}", "changed"), false)),
                revision(
                    ALICE_BOB, EntryType.REVOKE, "alice", "r", new Revision.Revoke("word-408")),
                text(ALICE_BOB, "bob", "word-new")),
            NOW + 1);

    for (int round = 0; round < 2; round++) {
      assertThat(found("changed")).containsExactly("word-407");
      assertThat(found("407")).isEmpty();
      assertThat(found("408")).isEmpty();
      assertThat(found("new")).containsExactly("word-new");
      assertThat(found("word")).hasSize(450);
      while (backlog.indexSome()) {
        assertThat(found("word")).hasSize(450);
      }
    }
    assertThat(count("message_search")).isEqualTo(451);
  }

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void stores_that_are_opened_with_search_index_what_there_was() throws SQLException {
    try (JdbcStores stores = with()) {
      assertThat(stores.messages()).isInstanceOf(SearchableMessageStore.class);
      while (!backlog().isEmpty()) {
        Thread.onSpinWait();
      }
      assertAllFound();
    }
    assertThat(count("message_search")).isEqualTo(451);
  }

  @Test
  void a_second_time_without_search_lists_everything_again() throws SQLException {
    SearchBacklog backlog = backlog();
    backlog.endWithoutIndex();
    while (backlog.indexSome()) {
      assertThat(found("450")).hasSize(1);
    }
    try (JdbcStores stores = without();
        JdbcStores second = without()) {
      stores.messages().append(List.of(text(ALICE_BOB, "bob", "word-missing")), NOW + 1);
      second
          .messages()
          .append(
              List.of(
                  revision(
                      ALICE_BOB, EntryType.REVOKE, "alice", "r", new Revision.Revoke("word-409"))),
              NOW + 1);
    }

    backlog.endWithoutIndex();
    backlog.endWithoutIndex();

    assertThat(found("word")).hasSize(451).contains("word-missing").doesNotContain("word-409");
    while (backlog.indexSome()) {
      assertThat(found("word")).hasSize(451);
    }
    assertThat(found("missing")).hasSize(1);
    assertThat(found("409")).isEmpty();
  }

  @Test
  void what_is_revoked_or_forgotten_or_says_nothing_any_more_leaves_the_index()
      throws SQLException {
    SearchBacklog backlog = backlog();
    backlog.endWithoutIndex();
    while (backlog.indexSome()) {
      assertThat(count("search_backlog")).isLessThan(3);
    }

    searchable()
        .append(
            List.of(
                revision(ALICE_BOB, EntryType.REVOKE, "bob", "r", new Revision.Revoke("word-1")),
                revision(
                    ALICE_BOB,
                    EntryType.EDIT,
                    "alice",
                    "e",
                    new Revision.Edit("word-2", new Content(ContentType.TEXT, "{}", "…"), false)),
                text(ALICE_BOB, "bob", "word-451"),
                revision(
                    ALICE_BOB, EntryType.REVOKE, "bob", "r2", new Revision.Revoke("word-451"))),
            NOW + 1);
    assertThat(count("message_search")).isEqualTo(449);

    List<EntryPlace> places =
        List.of(new EntryPlace(ALICE_BOB, 3), new EntryPlace(ALICE_BOB, 99_999));
    transactions.write(
        handle -> {
          new SearchTable(index, TABLES).forget(handle.getConnection(), places);
          return places;
        });
    assertThat(count("message_search")).isEqualTo(448);
    assertThat(found("word")).hasSize(448);
  }

  @Test
  void two_who_index_at_once_index_each_message_once() throws Exception {
    backlog().endWithoutIndex();

    List<Integer> rounds =
        Race.run(
            Collections.nCopies(
                3,
                () -> {
                  SearchBacklog mine = backlog();
                  int done = 0;
                  while (mine.indexSome()) {
                    done++;
                  }
                  return done;
                }));

    assertThat(rounds.stream().mapToInt(Integer::intValue).sum()).isGreaterThanOrEqualTo(4);
    assertThat(count("message_search")).isEqualTo(451);
    assertAllFound();
  }

  @Test
  void a_closed_store_neither_searches_nor_indexes() {
    SearchableMessageStore searchable = searchable();
    SearchBacklog backlog = backlog();
    transactions.close();

    assertThatThrownBy(() -> searchable.search(search("word"))).isInstanceOf(StoreException.class);
    assertThatThrownBy(backlog::indexSome).isInstanceOf(StoreException.class);
  }

  private void assertAllFound() {
    assertThat(found("word"))
        .hasSize(451)
        .startsWith("word-450", "word-449")
        .endsWith("word-1", "word-other");
    assertThat(found("1")).hasSize(111);
    assertThat(found("321")).containsExactly("word-321");
  }

  private List<String> found(String query) {
    return searchable().search(search(query)).stream()
        .map(entry -> entry.draft().messageId())
        .toList();
  }

  private static Search search(String query) {
    return new Search(
        "alice", SearchText.of(query), null, null, 0, Long.MAX_VALUE, null, 1_000, NOW);
  }

  private SearchableMessageStore searchable() {
    MessageStore logs =
        new JdbcMessageStore(transactions, dialect, TABLES, null, new SearchTable(index, TABLES));
    return new SearchableLogs(logs, transactions, dialect, TABLES);
  }

  private SearchBacklog backlog() {
    return new SearchBacklog(transactions, dialect, index, TABLES);
  }

  private JdbcStores with() {
    return JdbcStores.builder().dataSource(server.dataSource()).tablePrefix(PREFIX).build();
  }

  private JdbcStores without() {
    return JdbcStores.builder()
        .dataSource(server.dataSource())
        .tablePrefix(PREFIX)
        .withoutSearch()
        .build();
  }

  private long count(String table) throws SQLException {
    try (Connection connection = server.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT COUNT(*) FROM " + PREFIX + table)) {
      assertThat(result.next()).isTrue();
      return result.getLong(1);
    }
  }
}
