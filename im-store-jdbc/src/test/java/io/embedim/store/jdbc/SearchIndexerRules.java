package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.TestDrafts.ALICE_BOB;
import static io.embedim.store.jdbc.TestDrafts.NOW;
import static io.embedim.store.jdbc.TestDrafts.conversations;
import static io.embedim.store.jdbc.TestDrafts.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.AppendResult.Appended;
import io.embedim.spi.store.SearchText;
import io.embedim.spi.store.SearchableMessageStore;
import io.embedim.spi.store.SearchableMessageStore.Search;
import io.embedim.testkit.contract.Race;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** The thread that puts messages into the index, as stores have it. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
abstract class SearchIndexerRules {

  private static final String PREFIX = "indexer_";

  private final ServerDatabase server;
  private SearchCrank crank;

  SearchIndexerRules(ServerDatabase server) {
    this.server = server;
  }

  @BeforeEach
  void begin() {
    server.openEmpty(PREFIX).close();
    crank = new SearchCrank(server.dataSource(), PREFIX);
  }

  @AfterEach
  void end() {
    crank.close();
  }

  @Test
  void what_is_appended_comes_into_the_index_by_itself() throws SQLException {
    try (JdbcStores stores = open()) {
      append(stores, messages("a", 300));
      awaitIndexed();
      append(stores, messages("b", 10));
      awaitIndexed();
      assertThat(terms()).isEqualTo(310);
      assertThat(found(stores)).isEqualTo(310);
    }
  }

  @Test
  void what_was_left_behind_is_indexed_by_whoever_opens_stores_next() throws SQLException {
    try (JdbcStores stores = server.builder(PREFIX).withoutSearch().build()) {
      append(stores, messages("a", 5_000));
      append(stores, conversations(300).stream().map(id -> text(id, "alice", "word")).toList());
    }
    SpyDataSource spy = new SpyDataSource(server.dataSource());
    JdbcStores.builder().dataSource(spy).tablePrefix(PREFIX).build().close();
    assertThat(spy.openConnections()).isZero();

    try (JdbcStores stores = open()) {
      assertThat(found(stores)).isEqualTo(5_300);
      awaitIndexed();
      assertThat(terms()).isEqualTo(5_300);
      assertThat(found(stores)).isEqualTo(5_300);
    }
  }

  @Test
  void two_stores_on_one_database_index_each_message_once() throws SQLException {
    try (JdbcStores one = open();
        JdbcStores other = open()) {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (JdbcStores stores : List.of(one, other)) {
        String who = stores == one ? "one" : "other";
        tasks.add(
            () -> {
              for (int batch = 0; batch < 50; batch++) {
                append(stores, messages(who + batch + '-', 20));
              }
              return true;
            });
      }
      assertThat(Race.run(tasks)).containsOnly(true);
      awaitIndexed();
      assertThat(terms()).isEqualTo(2_000);
      assertThat(found(one)).isEqualTo(2_000);
    }
  }

  private JdbcStores open() {
    return server.builder(PREFIX).build();
  }

  /** A fifth of them in each of five conversations. */
  private static List<Append> messages(String prefix, int count) {
    List<ConversationId> ids = new ArrayList<>(conversations(4));
    ids.add(ALICE_BOB);
    List<Append> messages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      messages.add(text(ids.get(i % ids.size()), "alice", "word-" + prefix + i));
    }
    return messages;
  }

  private static void append(JdbcStores stores, List<Append> batch) {
    assertThat(stores.messages().append(batch, NOW)).hasOnlyElementsOfType(Appended.class);
  }

  private void awaitIndexed() {
    while (!crank.unfinished().isEmpty()) {
      Thread.onSpinWait();
    }
  }

  private long terms() throws SQLException {
    return server.number("SELECT COUNT(*) FROM " + PREFIX + "message_search");
  }

  private static int found(JdbcStores stores) {
    SearchText word = SearchText.of("word");
    return ((SearchableMessageStore) stores.messages())
        .search(
            new Search("alice", word, null, null, 0, Long.MAX_VALUE, null, Integer.MAX_VALUE, NOW))
        .size();
  }
}
