package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.TestDrafts.NOW;
import static io.embedim.store.jdbc.TestDrafts.conversations;
import static io.embedim.store.jdbc.TestDrafts.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.Cursors;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.ConversationQuery;
import io.embedim.spi.store.ConversationQuery.Order;
import io.embedim.spi.store.CursorMove;
import io.embedim.spi.store.SeqRange;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * How the database finds what it is asked for when its tables are long: 10,000 conversations, one
 * of them with 10,000 entries.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PlanRules {

  static final String PREFIX = "plan_";

  private static final int MANY = 10_000;
  private static final ConversationId LONG = ConversationId.direct("bob", "carol");

  private final List<ConversationId> short10 = conversations(10);
  private PlanDataSource database;
  private JdbcStores stores;

  /** A database whose tables with this prefix are empty. */
  abstract DataSource empty(String prefix);

  /** Counts the rows, on which plans depend. */
  abstract List<String> statements();

  /** Whether a table of ours is read from its beginning to its end. */
  abstract boolean readsAll(String plan);

  abstract boolean sorts(String plan);

  /** Whether it searches for where a stretch begins, and does not filter the whole log. */
  abstract boolean readsRange(String plan);

  /** Whether the plan looks into the index; {@code pk} is the one of the table's primary key. */
  abstract boolean uses(String plan, String table, String index);

  @BeforeAll
  void fill() throws SQLException {
    DataSource dataSource = empty(PREFIX);
    database = new PlanDataSource(dataSource);
    stores = JdbcStores.builder().dataSource(database.dataSource()).tablePrefix(PREFIX).build();
    List<Append> entries = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      entries.add(text(LONG, "bob", "m" + i));
      entries.add(text(ConversationId.direct("user" + i, "user" + (i + 1)), "user" + i, "m"));
    }
    short10.forEach(id -> entries.add(text(id, "alice", "m")));
    stores.messages().append(entries, NOW);
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements()) {
        statement.execute(sql);
      }
    }
  }

  @AfterAll
  void close() {
    stores.close();
  }

  @Test
  void a_stretch_of_a_log_is_read_along_the_primary_key_from_either_end() {
    assertThat(planOf(() -> stores.messages().read(LONG, SeqRange.after(5_000, 200))))
        .allSatisfy(plan -> alongIndex(plan, "message", "pk"));
    assertThat(planOf(() -> stores.messages().read(LONG, SeqRange.before(5_000, 0, 200))))
        .allSatisfy(plan -> alongIndex(plan, "message", "pk"));
    assertThat(planOf(() -> stores.messages().read(LONG, SeqRange.before(Long.MAX_VALUE, 0, 1))))
        .allSatisfy(plan -> alongIndex(plan, "message", "pk"));
  }

  @Test
  void an_entry_is_found_by_the_index_of_message_ids() {
    assertThat(planOf(() -> stores.messages().find(LONG, "m7777")))
        .allSatisfy(plan -> alongIndex(plan, "message", "key"));
  }

  @Test
  void heads_are_found_by_their_ids() {
    assertThat(planOf(() -> stores.conversations().heads(short10)))
        .allSatisfy(plan -> alongIndex(plan, "conversation", "pk"));
  }

  /** Her own conversations only are sorted: there is no order of all that would be hers too. */
  @Test
  void a_users_list_begins_at_the_index_of_users_and_ends_at_the_primary_key() {
    for (Order order : Order.values()) {
      assertThat(
              planOf(
                  () ->
                      stores.conversations().list(new ConversationQuery("alice", order, null, 50))))
          .allSatisfy(
              plan -> {
                assertThat(readsAll(plan)).as(plan).isFalse();
                assertThat(uses(plan, "member", "user")).as(plan).isTrue();
                assertThat(uses(plan, "conversation", "pk")).as(plan).isTrue();
              });
    }
  }

  @Test
  void nothing_that_an_append_or_a_member_asks_for_is_searched_from_one_end_to_the_other() {
    List<String> plans = new ArrayList<>();
    plans.addAll(planOf(() -> stores.messages().append(List.of(text(LONG, "bob", "next")), NOW)));
    plans.addAll(
        planOf(
            () ->
                stores
                    .messages()
                    .append(short10.stream().map(id -> text(id, "alice", "next")).toList(), NOW)));
    plans.addAll(planOf(() -> stores.conversations().views("alice", short10, NOW)));
    plans.addAll(planOf(() -> stores.conversations().views("bob", List.of(LONG), NOW)));
    plans.addAll(planOf(() -> stores.conversations().cursors(LONG, List.of())));
    plans.addAll(planOf(() -> stores.conversations().deleted("bob", LONG, 1, 100)));
    plans.addAll(
        planOf(
            () ->
                stores
                    .conversations()
                    .advance(
                        IntStream.range(0, 10)
                            .mapToObj(
                                i -> new CursorMove(short10.get(i), "alice", new Cursors(1, 1)))
                            .toList())));

    assertThat(plans)
        .hasSizeGreaterThan(10)
        .allSatisfy(plan -> assertThat(readsAll(plan)).as(plan).isFalse());
  }

  @Test
  void what_is_unread_in_a_long_log_is_counted_from_where_the_reader_is() {
    assertThat(planOf(() -> stores.conversations().views("bob", List.of(LONG), NOW)))
        .filteredOn(plan -> plan.contains("COUNT(*)"))
        .singleElement()
        .satisfies(plan -> assertThat(readsRange(plan)).as(plan).isTrue());
  }

  /** Nobody counts the rows of a table that has just begun to grow. */
  @Test
  void duplicates_are_looked_for_by_the_index_of_message_ids_also_before_rows_were_counted()
      throws SQLException {
    String prefix = "grown_";
    PlanDataSource grown = new PlanDataSource(empty(prefix));
    try (JdbcStores fresh =
        JdbcStores.builder().dataSource(grown.dataSource()).tablePrefix(prefix).build()) {
      List<Append> entries = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        entries.add(text(LONG, "bob", "m" + i));
      }
      fresh.messages().append(entries, NOW);
      grown.plans();
      fresh.messages().append(entries.subList(0, 30), NOW);
      assertThat(grown.plans())
          .filteredOn(plan -> plan.contains("m.message_id = k.message_id"))
          .singleElement()
          .satisfies(
              plan ->
                  assertThat(uses(plan.replace(prefix, PREFIX), "message", "key"))
                      .as(plan)
                      .isTrue());
    }
  }

  private void alongIndex(String plan, String table, String index) {
    assertThat(readsAll(plan)).as(plan).isFalse();
    assertThat(sorts(plan)).as(plan).isFalse();
    assertThat(uses(plan, table, index)).as(plan).isTrue();
  }

  private List<String> planOf(Runnable call) {
    database.plans();
    call.run();
    List<String> plans = database.plans();
    assertThat(plans).isNotEmpty();
    return plans;
  }
}
