package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.TestDrafts.NOW;
import static io.embedim.store.jdbc.TestDrafts.conversations;
import static io.embedim.store.jdbc.TestDrafts.text;
import static io.embedim.store.jdbc.TestGroups.GROUP;
import static io.embedim.store.jdbc.TestGroups.groups;
import static io.embedim.store.jdbc.TestGroups.joining;
import static io.embedim.store.jdbc.TestGroups.leaving;
import static io.embedim.store.jdbc.TestGroups.users;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.Cursors;
import io.embedim.spi.model.GroupChange;
import io.embedim.spi.model.JoinRequest;
import io.embedim.spi.model.MemberRole;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.ConversationQuery;
import io.embedim.spi.store.ConversationQuery.Order;
import io.embedim.spi.store.CursorMove;
import io.embedim.spi.store.GroupStore.Result;
import io.embedim.spi.store.SearchText;
import io.embedim.spi.store.SearchableMessageStore;
import io.embedim.spi.store.SearchableMessageStore.Search;
import io.embedim.spi.store.SeqRange;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * How the database finds what it is asked for when its tables are long: 10,000 conversations, one
 * of them with 10,000 entries, and a group with 10,000 members among as many groups.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PlanRules {

  static final String PREFIX = "plan_";

  private static final int MANY = 10_000;
  static final ConversationId LONG = ConversationId.direct("bob", "carol");

  /** Nobody belongs to these; they are there so that the tables are long. */
  private static final String OTHER_GROUPS =
      "INSERT INTO plan_group_info (conversation_id, group_name, max_members, join_mode,"
          + " past_visible, owner_id, member_count, created_at, updated_at)"
          + " SELECT c.id, 'name', 9, 0, FALSE, 'nobody', 0, 1, 1 FROM plan_conversation c"
          + " WHERE c.conversation_type = 1";

  private static final String REQUESTS =
      "INSERT INTO plan_join_request SELECT c.id, c.id, 'nobody', '', 1, 9000000000000"
          + " FROM plan_conversation c WHERE c.conversation_type = 1";

  private final List<ConversationId> short10 = conversations(10);
  private PlanDataSource database;
  JdbcStores stores;

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

  /** Whether messages are found by the terms that they have. */
  abstract boolean usesTerms(String plan);

  @BeforeAll
  void fill() throws SQLException {
    DataSource dataSource = empty(PREFIX);
    database = new PlanDataSource(dataSource);
    stores = open(database, PREFIX);
    List<Append> entries = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      entries.add(text(LONG, "bob", "m" + i));
      entries.add(text(ConversationId.direct("user" + i, "user" + (i + 1)), "user" + i, "m"));
    }
    short10.forEach(id -> entries.add(text(id, "alice", "m")));
    stores.messages().append(entries, NOW);
    try (SearchCrank crank = new SearchCrank(dataSource, PREFIX)) {
      crank.indexAll();
    }
    assertThat(TestGroups.create(stores, users(0, MANY))).isInstanceOf(Result.Changed.class);
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(OTHER_GROUPS);
      statement.execute(REQUESTS);
      for (String sql : statements()) {
        statement.execute(sql);
      }
    }
  }

  private static JdbcStores open(PlanDataSource database, String prefix) {
    return JdbcStores.builder()
        .dataSource(database.dataSource())
        .tablePrefix(prefix)
        .withoutIndexing()
        .build();
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
  void a_change_of_a_large_group_looks_only_for_those_whom_it_is_about() {
    List<String> plans = new ArrayList<>();
    plans.addAll(planOf(() -> isChanged(1, joining(users(MANY, MANY + 1)))));
    plans.addAll(planOf(() -> isChanged(2, leaving(users(0, 100)))));
    plans.addAll(planOf(() -> isChanged(3, joining(users(0, 100)))));
    plans.addAll(planOf(() -> isChanged(4, new GroupChange.MemberMuted("user7", 9))));
    plans.addAll(
        planOf(() -> isChanged(5, new GroupChange.OwnerChanged("user8", MemberRole.ADMIN))));

    assertThat(plans)
        .hasSizeGreaterThan(30)
        .allSatisfy(plan -> assertThat(readsAll(plan)).as(plan).isFalse())
        .filteredOn(plan -> plan.contains(PREFIX + "member "))
        .hasSizeGreaterThan(8)
        .allSatisfy(
            plan ->
                assertThat(uses(plan, "member", "pk") || uses(plan, "member", "user"))
                    .as(plan)
                    .isTrue());
  }

  @Test
  void what_changed_in_a_large_group_is_found_by_its_version() {
    assertThat(planOf(() -> groups(stores).membershipSince(GROUP, 1)))
        .singleElement()
        .satisfies(
            plan -> {
              assertThat(readsAll(plan)).as(plan).isFalse();
              assertThat(uses(plan, "member", "changed")).as(plan).isTrue();
            });
  }

  @Test
  void a_page_of_members_is_read_in_their_order() {
    assertThat(planOf(() -> groups(stores).members("g", 5_000, 20)))
        .allSatisfy(plan -> alongIndex(plan, "member", "listed"));
  }

  @Test
  void a_users_groups_are_read_in_their_order() {
    assertThat(planOf(() -> groups(stores).groupsOf("user9", "", 20)))
        .allSatisfy(
            plan -> {
              alongIndex(plan, "member", "user");
              assertThat(uses(plan, "group_info", "pk")).as(plan).isTrue();
              assertThat(uses(plan, "conversation", "pk")).as(plan).isTrue();
            });
  }

  @Test
  void requests_to_join_are_found_by_group_and_by_id() {
    JoinRequest request = new JoinRequest("r", "g", "somebody", "", NOW, NOW + 9);
    assertThat(planOf(() -> groups(stores).request(request)))
        .hasSize(2)
        .allSatisfy(plan -> assertThat(readsAll(plan)).as(plan).isFalse());
    assertThat(planOf(() -> groups(stores).requests("g", NOW, 20)))
        .allSatisfy(plan -> alongIndex(plan, "join_request", "listed"));
    assertThat(planOf(() -> groups(stores).findRequest("r", NOW)))
        .allSatisfy(plan -> alongIndex(plan, "join_request", "pk"));
    assertThat(planOf(() -> groups(stores).closeRequest("r", 0)))
        .allSatisfy(plan -> alongIndex(plan, "join_request", "pk"));
  }

  private void isChanged(long expectedVersion, GroupChange change) {
    assertThat(TestGroups.change(stores, expectedVersion, change, NOW))
        .isInstanceOf(Result.Changed.class);
  }

  @Test
  void what_is_unread_in_a_long_log_is_counted_from_where_the_reader_is() {
    assertThat(planOf(() -> stores.conversations().views("bob", List.of(LONG), NOW)))
        .filteredOn(plan -> plan.contains("COUNT(*)"))
        .singleElement()
        .satisfies(plan -> assertThat(readsRange(plan)).as(plan).isTrue());
  }

  /** The word is in 10,000 messages of the long log, which has ten parts, and in others. */
  @Test
  void a_search_asks_the_index_of_terms_and_reads_no_more_than_it_finds() {
    for (ConversationId only : Arrays.asList(LONG, null)) {
      for (String word : List.of("m7777", "m", "missing")) {
        Search search =
            new Search(
                "bob", SearchText.of(word), only, null, 0, Long.MAX_VALUE, null, 20, NOW + 9);
        List<String> plans =
            planOf(() -> ((SearchableMessageStore) stores.messages()).search(search));

        assertThat(plans)
            .filteredOn(plan -> plan.contains(PREFIX + "message "))
            .allSatisfy(plan -> assertThat(readsAll(plan)).as(plan).isFalse());
        assertThat(plans)
            .filteredOn(plan -> plan.contains(PREFIX + "message_search "))
            .isNotEmpty()
            .hasSizeLessThan(4)
            .allSatisfy(plan -> assertThat(usesTerms(plan)).as(plan).isTrue());
        assertThat(plans)
            .filteredOn(plan -> plan.contains(PREFIX + "search_indexed "))
            .hasSize(1)
            .allSatisfy(
                plan -> {
                  assertThat(uses(plan, "member", "user") || uses(plan, "member", "pk"))
                      .as(plan)
                      .isTrue();
                  assertThat(uses(plan, "conversation", "pk")).as(plan).isTrue();
                });
      }
    }
  }

  @Test
  void what_is_not_indexed_is_read_from_where_it_begins() {
    ConversationId unindexed = ConversationId.direct("bob", "dave");
    stores.messages().append(List.of(text(unindexed, "bob", "tail")), NOW);
    stores.messages().append(List.of(text(LONG, "bob", "tail")), NOW);
    Search search =
        new Search("bob", SearchText.of("tail"), null, null, 0, Long.MAX_VALUE, null, 20, NOW + 9);

    assertThat(planOf(() -> ((SearchableMessageStore) stores.messages()).search(search)))
        .filteredOn(plan -> plan.contains("UNION ALL"))
        .isNotEmpty()
        .allSatisfy(
            plan -> {
              assertThat(readsAll(plan)).as(plan).isFalse();
              assertThat(readsRange(plan)).as(plan).isTrue();
              assertThat(uses(plan, "message", "pk")).as(plan).isTrue();
            });
  }

  @Test
  void the_indexer_locks_by_keys_and_goes_through_all_logs_by_pages() {
    List<Append> said = new ArrayList<>();
    short10.forEach(id -> said.add(text(id, "alice", "to be indexed")));
    stores.messages().append(said, NOW);
    List<String> plans = new ArrayList<>();
    List<String> page = new ArrayList<>();
    try (SearchCrank crank = new SearchCrank(database.dataSource(), PREFIX)) {
      plans.addAll(planOf(() -> assertThat(crank.index(short10, 100)).isEmpty()));
      page.addAll(planOf(crank::page));
    }

    assertThat(plans)
        .hasSize(4)
        .allSatisfy(plan -> assertThat(readsAll(plan)).as(plan).isFalse())
        .filteredOn(plan -> plan.contains(PREFIX + "search_indexed "))
        .hasSize(2)
        .allSatisfy(plan -> assertThat(uses(plan, "search_indexed", "pk")).as(plan).isTrue());
    assertThat(plans)
        .filteredOn(plan -> plan.contains(PREFIX + "message "))
        .singleElement()
        .satisfies(plan -> assertThat(uses(plan, "message", "pk")).as(plan).isTrue());
    assertThat(page).singleElement().satisfies(plan -> alongIndex(plan, "conversation", "pk"));
  }

  /** Nobody counts the rows of a table that has just begun to grow. */
  @Test
  void duplicates_are_looked_for_by_the_index_of_message_ids_also_before_rows_were_counted()
      throws SQLException {
    String prefix = "grown_";
    PlanDataSource grown = new PlanDataSource(empty(prefix));
    try (JdbcStores fresh = open(grown, prefix)) {
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

  void alongIndex(String plan, String table, String index) {
    assertThat(readsAll(plan)).as(plan).isFalse();
    assertThat(sorts(plan)).as(plan).isFalse();
    assertThat(uses(plan, table, index)).as(plan).isTrue();
  }

  List<String> planOf(Runnable call) {
    database.plans();
    call.run();
    List<String> plans = database.plans();
    assertThat(plans).isNotEmpty();
    return plans;
  }
}
