package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.TestDrafts.ALICE_BOB;
import static io.embedim.store.jdbc.TestDrafts.NOW;
import static io.embedim.store.jdbc.TestDrafts.conversations;
import static io.embedim.store.jdbc.TestDrafts.expiring;
import static io.embedim.store.jdbc.TestDrafts.revision;
import static io.embedim.store.jdbc.TestDrafts.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.spi.model.Content;
import io.embedim.spi.model.ContentType;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.Revision;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.AppendResult.Appended;
import io.embedim.spi.store.MessageStore;
import io.embedim.spi.store.SearchText;
import io.embedim.spi.store.SearchableMessageStore;
import io.embedim.spi.store.SearchableMessageStore.Search;
import io.embedim.spi.store.StoreException;
import io.embedim.testkit.contract.Race;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages that are in the log and not in the index yet, and how they come into it. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
abstract class SearchWriterRules {

  private static final String PREFIX = "writer_";

  private final ServerDatabase server;
  private SpyDataSource dataSource;
  private JdbcStores stores;
  private SearchCrank crank;

  SearchWriterRules(ServerDatabase server) {
    this.server = server;
  }

  /** 450 messages of one conversation, and one of another. */
  @BeforeEach
  void begin() {
    server.openEmpty(PREFIX).close();
    stores = server.builder(PREFIX).withoutIndexing().build();
    dataSource = new SpyDataSource(server.dataSource());
    crank = new SearchCrank(dataSource, PREFIX);
    List<Append> messages = new ArrayList<>();
    for (int i = 1; i <= 450; i++) {
      messages.add(text(ALICE_BOB, "alice", "word-" + i));
    }
    messages.add(text(conversations(1).get(0), "alice", "word-other"));
    append(messages);
  }

  @AfterEach
  void end() {
    crank.close();
    stores.close();
  }

  @Test
  void an_append_writes_nothing_for_the_index() throws SQLException {
    assertThat(terms()).isZero();
    assertThat(count("search_indexed")).isZero();
    assertAllFound();
  }

  @Test
  void all_is_found_before_while_and_after_it_is_indexed_from_the_newest_on() throws SQLException {
    for (long indexed : List.of(200, 400, 451)) {
      assertThat(crank.turn(200)).isEqualTo(indexed < 451);
      assertThat(terms()).isEqualTo(indexed);
      assertAllFound();
    }
    assertThat(crank.unfinished()).isEmpty();
    assertThat(crank.turn(200)).isFalse();
    assertThat(terms()).isEqualTo(451);
  }

  @Test
  void what_is_said_later_is_indexed_before_what_was_said_earlier() throws SQLException {
    crank.index(List.of(ALICE_BOB), 100);
    append(List.of(text(ALICE_BOB, "bob", "word-451"), text(ALICE_BOB, "bob", "word-452")));
    assertThat(found("452")).containsExactly("word-452");

    crank.index(List.of(ALICE_BOB), 1);
    assertThat(seqsOf(ALICE_BOB)).containsExactly(350L, 451L);
    crank.index(List.of(ALICE_BOB), 1);
    crank.index(List.of(ALICE_BOB), 1);
    assertThat(seqsOf(ALICE_BOB)).containsExactly(349L, 452L);
    assertThat(terms()).isEqualTo(103);
    assertThat(found("word")).hasSize(453);
  }

  @Test
  void revisions_on_either_side_of_the_border_are_found_by_what_is_said_now() throws SQLException {
    crank.index(List.of(ALICE_BOB), 100);
    append(List.of(text(ALICE_BOB, "bob", "word-451"), text(ALICE_BOB, "bob", "word-452")));
    append(
        List.of(
            edit("word-1", "changed"),
            edit("word-400", "changed"),
            edit("word-451", "changed"),
            revoke("word-2"),
            revoke("word-401"),
            revoke("word-452")));
    assertThat(terms()).isEqualTo(99);

    boolean more = true;
    while (more) {
      assertThat(found("changed")).containsExactly("word-451", "word-400", "word-1");
      assertThat(found("word")).hasSize(447);
      for (String gone : List.of("word-400", "word-451", "word-2", "word-401", "word-452")) {
        assertThat(found(gone)).as(gone).doesNotContain(gone);
      }
      more = crank.turn(90);
    }
    assertThat(terms()).isEqualTo(450);
    assertThat(found("changed")).hasSize(3);
  }

  @Test
  void what_says_nothing_any_more_leaves_the_index_and_comes_back_when_it_does()
      throws SQLException {
    crank.indexAll();
    append(List.of(edit("word-1", "…")));
    assertThat(terms()).isEqualTo(450);
    append(List.of(edit("word-1", "again")));
    assertThat(terms()).isEqualTo(451);
    assertThat(found("again")).containsExactly("word-1");
  }

  @Test
  void what_expires_is_purged_on_either_side_of_the_border() throws SQLException {
    append(List.of(expiring(ALICE_BOB, "bob", "indexed", 1)));
    crank.index(List.of(ALICE_BOB), 100);
    append(List.of(expiring(ALICE_BOB, "bob", "tail", 1)));

    assertThat(stores.messages().purgeExpired(NOW + 1_000, 10)).isEqualTo(2);

    assertThat(terms()).isEqualTo(99);
    crank.indexAll();
    assertThat(terms()).isEqualTo(451);
  }

  @Test
  void what_is_revised_by_stores_without_search_is_right_in_the_index() throws SQLException {
    crank.indexAll();
    try (JdbcStores without = server.builder(PREFIX).withoutSearch().build()) {
      assertThat(without.messages()).isNotInstanceOf(SearchableMessageStore.class);
      without
          .messages()
          .append(
              List.of(
                  text(ALICE_BOB, "bob", "word-451"), edit("word-1", "changed"), revoke("word-2")),
              NOW);
    }
    assertThat(terms()).isEqualTo(450);
    assertThat(found("changed")).containsExactly("word-1");
    assertThat(found("451")).containsExactly("word-451");
  }

  /** The revoke has to wait from the moment when the text is read until it is in the index. */
  @Test
  void what_is_revoked_or_edited_while_it_is_indexed_does_not_come_into_the_index()
      throws SQLException {
    CompletableFuture<Void> revising =
        surpriseBefore(
            "INSERT INTO " + PREFIX + "message_search",
            List.of(revoke("word-400"), edit("word-401", "changed")));

    crank.index(List.of(ALICE_BOB), 100);
    revising.join();

    assertThat(terms()).isEqualTo(99);
    assertThat(found("changed")).containsExactly("word-401");
    assertThat(
            server.number(
                "SELECT COUNT(*) FROM " + PREFIX + "message_search WHERE seq IN (400, 401)"))
        .isEqualTo(1);
  }

  /** It may be revised by a transaction that needs what the indexer has. */
  @Test
  void a_message_that_is_just_being_revised_is_not_waited_for() throws SQLException {
    try (var connection = server.dataSource().getConnection();
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.executeUpdate(
          "UPDATE "
              + PREFIX
              + "message SET edited_at = 1, plain_text = 'changed'"
              + " WHERE conversation_id = 'alice:bob' AND seq = 400");

      assertThatThrownBy(() -> crank.index(List.of(ALICE_BOB), 100))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("attempts");
      assertThat(terms()).isZero();

      connection.commit();
      connection.setAutoCommit(true);
    }
    crank.indexAll();
    assertThat(terms()).isEqualTo(451);
    assertThat(found("changed")).containsExactly("word-400");
  }

  /** Neither its conversation nor the entry that comes next is locked. */
  @Test
  void nobody_who_appends_waits_for_the_indexer() throws SQLException {
    CompletableFuture<Void> appending =
        surpriseBefore("commit", List.of(text(ALICE_BOB, "bob", "word-451")));
    crank.index(List.of(ALICE_BOB), 100);

    assertThat(appending).isCompleted();
    assertThat(found("451")).containsExactly("word-451");
  }

  @Test
  void several_who_index_and_others_who_revise_leave_an_index_that_is_right() throws Exception {
    ConversationId id = ConversationId.direct("bob", "carol");
    for (int round = 0; round < 30; round++) {
      String prefix = "r" + round + "-";
      List<Append> said = new ArrayList<>();
      List<Append> revised = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        said.add(text(id, "bob", prefix + i));
        revised.add(0, i % 2 == 0 ? revoke(id, prefix + i) : edit(id, prefix + i, "changed"));
      }
      append(said);
      Callable<Boolean> indexing =
          () -> {
            crank.indexAll();
            return true;
          };
      Callable<Boolean> revising =
          () -> {
            append(revised);
            return true;
          };
      List<Callable<Boolean>> tasks = new ArrayList<>(Collections.nCopies(2, indexing));
      tasks.add(revising);
      assertThat(Race.run(tasks)).containsOnly(true);
    }
    crank.indexAll();
    assertThat(terms()).isEqualTo(451 + 300);
    assertThat(foundBy("bob", "changed")).hasSize(300);
    assertThat(
            server.number(
                "SELECT COUNT(*) FROM "
                    + PREFIX
                    + "message_search s JOIN "
                    + PREFIX
                    + "message m ON m.conversation_id = s.conversation_id AND m.seq = s.seq"
                    + " WHERE m.revoked"))
        .isZero();
  }

  @Test
  void a_closed_store_neither_searches_nor_indexes() {
    stores.close();
    crank.close();

    assertThatThrownBy(() -> found("word")).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> crank.turn(1)).isInstanceOf(StoreException.class);
  }

  /** Appends just before a statement, and goes on when that is done or waits for a lock. */
  private CompletableFuture<Void> surpriseBefore(String call, List<Append> batch) {
    CompletableFuture<Void> appended = new CompletableFuture<>();
    dataSource.doBeforeNext(
        call,
        () -> {
          Thread thread =
              new Thread(
                  () -> {
                    try {
                      append(batch);
                      appended.complete(null);
                    } catch (RuntimeException | Error e) {
                      appended.completeExceptionally(e);
                    }
                  });
          thread.start();
          try {
            while (!appended.isDone() && !server.hasWaiting()) {
              Thread.onSpinWait();
            }
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        });
    return appended;
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
    return foundBy("alice", query);
  }

  private List<String> foundBy(String user, String query) {
    MessageStore messages = stores.messages();
    return ((SearchableMessageStore) messages)
            .search(
                new Search(
                    user, SearchText.of(query), null, null, 0, Long.MAX_VALUE, null, 1_000, NOW))
            .stream()
            .map(entry -> entry.draft().messageId())
            .toList();
  }

  private void append(List<Append> batch) {
    assertThat(stores.messages().append(batch, NOW)).hasOnlyElementsOfType(Appended.class);
  }

  private static Append edit(String messageId, String text) {
    return edit(ALICE_BOB, messageId, text);
  }

  private static Append edit(ConversationId id, String messageId, String text) {
    Content content = new Content(ContentType.TEXT, "{}", text);
    return revision(
        id,
        EntryType.EDIT,
        "alice",
        "edit-" + messageId + "-" + text.length(),
        new Revision.Edit(messageId, content, false));
  }

  private static Append revoke(String messageId) {
    return revoke(ALICE_BOB, messageId);
  }

  private static Append revoke(ConversationId id, String messageId) {
    return revision(
        id, EntryType.REVOKE, "alice", "revoke-" + messageId, new Revision.Revoke(messageId));
  }

  /** The ends of what is indexed of a log. */
  private List<Long> seqsOf(ConversationId id) throws SQLException {
    List<Long> ends = new ArrayList<>();
    for (String column : List.of("after_seq", "up_to_seq")) {
      ends.add(
          server.number(
              "SELECT "
                  + column
                  + " FROM "
                  + PREFIX
                  + "search_indexed WHERE conversation_id = '"
                  + id.value()
                  + "'"));
    }
    return ends;
  }

  private long terms() throws SQLException {
    return count("message_search");
  }

  private long count(String table) throws SQLException {
    return server.number("SELECT COUNT(*) FROM " + PREFIX + table);
  }
}
