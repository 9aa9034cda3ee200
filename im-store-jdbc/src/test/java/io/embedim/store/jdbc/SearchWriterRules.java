package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.TestDrafts.ALICE_BOB;
import static io.embedim.store.jdbc.TestDrafts.NOW;
import static io.embedim.store.jdbc.TestDrafts.expiring;
import static io.embedim.store.jdbc.TestDrafts.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.store.SearchableMessageStore;
import io.embedim.spi.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages that are in the log and not in the index yet, and how they come into it. */
abstract class SearchWriterRules extends SearchIndexFixture {

  SearchWriterRules(ServerDatabase server) {
    super(server);
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

  /** An engine of an earlier version is still running. */
  @Test
  void terms_that_somebody_has_written_with_the_message_are_replaced() throws SQLException {
    try (Connection connection = server.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "INSERT INTO "
              + PREFIX
              + "message_search (conversation_id, seq, sender_id, created_at, terms)"
              + " VALUES ('alice:bob', 444, 'alice', 1, 'nonsense')");
    }
    crank.indexAll();
    assertThat(terms()).isEqualTo(451);
    assertThat(found("444")).containsExactly("word-444");
  }

  @Test
  void a_closed_store_neither_searches_nor_indexes() {
    stores.close();
    crank.close();

    assertThatThrownBy(() -> found("word")).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> crank.turn(1)).isInstanceOf(StoreException.class);
  }

  private void assertAllFound() {
    assertThat(found("word"))
        .hasSize(451)
        .startsWith("word-450", "word-449")
        .endsWith("word-1", "word-other");
    assertThat(found("1")).hasSize(111);
    assertThat(found("321")).containsExactly("word-321");
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
}
