package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.TestDrafts.ALICE_BOB;
import static io.embedim.store.jdbc.TestDrafts.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.store.Append;
import io.embedim.testkit.contract.Race;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Those who index and those who append and revise at the same time. */
abstract class SearchRaceRules extends SearchIndexFixture {

  SearchRaceRules(ServerDatabase server) {
    super(server);
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
    try (Connection connection = server.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.executeUpdate(
          "UPDATE "
              + PREFIX
              + "message SET edited_at = 1, plain_text = 'changed'"
              + " WHERE conversation_id = 'alice:bob' AND seq = 400");
      for (int round = 0; round < 2; round++) {
        assertThat(crank.index(List.of(ALICE_BOB), 100)).containsExactly(ALICE_BOB);
        assertThat(terms()).isEqualTo(50);
      }
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
}
