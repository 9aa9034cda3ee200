package io.embedim.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An index from the time when messages were indexed by the append. */
abstract class SearchMigrationRules {

  private static final String NAME = "search_migration";

  private final ServerDatabase server;
  private CrashDatabase database;

  SearchMigrationRules(ServerDatabase server) {
    this.server = server;
  }

  /**
   * Three logs: all of the first one is indexed, half of the second one with an edit in the other
   * half, nothing of the third one. Of the first one a message was revoked without its terms.
   */
  @BeforeEach
  void begin() throws SQLException {
    database = server.fresh(NAME);
    try (Connection connection = database.connect()) {
      Dialect dialect = Dialects.of(connection);
      List<MigrationScript> before = MigrationScript.of(dialect).subList(0, 5);
      new SchemaMigrator(database.dataSource(), dialect, new Tables(null, "im_"), before)
          .apply(SchemaMode.MIGRATE);
    }
    for (String id : List.of("a:b", "a:c", "a:d", "a:e")) {
      database.execute(
          "INSERT INTO im_conversation (id, conversation_type, membership_version, max_seq,"
              + " updated_at, pinned_messages) VALUES ('%s', 1, 1, %d, 1000, 0)"
                  .formatted(id, id.equals("a:e") ? 0 : 4));
    }
    for (String id : List.of("a:b", "a:c", "a:d")) {
      for (int seq = 1; seq <= 4; seq++) {
        boolean revoked = id.equals("a:b") && seq == 2;
        database.execute(
            "INSERT INTO im_message (conversation_id, seq, message_id, entry_type, sender_id,"
                + " created_at, content_type, body, plain_text, expires_in, revoked, pinned,"
                + " reaction_kinds)"
                + " VALUES ('%s', %d, 'm%d', 1, 'a', 1000, 1, '{}', 'text', 0, %s, FALSE, 0)"
                    .formatted(id, seq, seq, revoked));
        if (!id.equals("a:d") && !(id.equals("a:c") && seq == 2)) {
          database.execute(
              "INSERT INTO im_message_search (conversation_id, seq, sender_id, created_at, terms)"
                  + " VALUES ('%s', %d, 'a', 1000, 'word')".formatted(id, seq));
        }
      }
    }
    database.execute("INSERT INTO im_search_backlog VALUES ('a:c', 2)");
    database.execute("INSERT INTO im_search_backlog VALUES ('a:d', 4)");
  }

  @Test
  void what_is_indexed_stays_and_goes_on() throws SQLException {
    migrate();

    assertThat(indexed()).containsExactly("a:b 0 4", "a:c 2 4");
    assertThat(terms()).containsExactly("a:b 1", "a:b 3", "a:b 4", "a:c 3", "a:c 4");
    try (SearchCrank crank = new SearchCrank(database.dataSource(), "im_")) {
      crank.indexAll();
    }
    assertThat(indexed()).containsExactly("a:b 0 4", "a:c 0 4", "a:d 0 4");
    assertThat(terms()).hasSize(11).doesNotContain("a:b 2");
  }

  @Test
  void where_there_was_a_time_without_index_it_begins_anew() throws SQLException {
    database.execute("INSERT INTO im_search_backlog VALUES ('', 0)");

    migrate();

    assertThat(indexed()).isEmpty();
    assertThat(terms()).isEmpty();
  }

  private void migrate() {
    JdbcStores.builder().dataSource(database.dataSource()).withoutIndexing().build().close();
  }

  private List<String> indexed() throws SQLException {
    return database.query(
        "SELECT CONCAT(conversation_id, ' ', after_seq, ' ', up_to_seq) FROM im_search_indexed"
            + " ORDER BY 1");
  }

  private List<String> terms() throws SQLException {
    return database.query(
        "SELECT CONCAT(conversation_id, ' ', seq) FROM im_message_search ORDER BY 1");
  }
}
