package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.TestDrafts.NOW;
import static io.embedim.store.jdbc.TestDrafts.conversations;
import static io.embedim.store.jdbc.TestDrafts.text;
import static io.embedim.store.jdbc.TestGroups.joining;
import static io.embedim.store.jdbc.TestGroups.leaving;
import static io.embedim.store.jdbc.TestGroups.users;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.AppendResult.Appended;
import io.embedim.spi.store.GroupStore.Result;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The round trips to a server, counted on the wire: what {@link RoundTripTest} counts as one call
 * is not split up by a driver.
 */
abstract class WireRoundTripRules {

  private CountingProxy proxy;
  private HikariDataSource pool;
  private JdbcStores stores;
  private int batches;

  /** A database in which there is nothing, behind a server. */
  abstract CrashDatabase empty() throws Exception;

  /** As many as a batch takes at most that goes to one conversation. */
  abstract int handful();

  /** As many as a batch takes at most that goes to 10,000 conversations. */
  int mostForTenThousandConversations() {
    return handful();
  }

  @BeforeEach
  void connect() throws Exception {
    CrashDatabase database = empty();
    URI address = URI.create(database.url().replaceFirst("^jdbc:(h2:)?", ""));
    proxy = new CountingProxy(address.getPort());
    String url = database.url().replace(":" + address.getPort(), ":" + proxy.port());
    HikariConfig config = new HikariConfig();
    config.setDataSource(new DriverConnections(url, database.user(), database.password()));
    // No connection is opened in the background, where it would be counted.
    config.setMinimumIdle(0);
    pool = new HikariDataSource(config);
    // Nor is anything indexed there.
    stores = JdbcStores.builder().dataSource(pool).withoutIndexing().build();
  }

  @AfterEach
  void disconnect() throws Exception {
    stores.close();
    pool.close();
    proxy.close();
  }

  @Test
  void a_batch_of_any_size_is_a_handful_of_round_trips() {
    List<Integer> toOne =
        IntStream.of(10_000, 10_000, 1_000, 100, 1).mapToObj(size -> append(size, 1)).toList();
    List<Integer> toMany =
        IntStream.of(10_000, 10_000, 1_000, 100, 1).mapToObj(size -> append(size, size)).toList();

    System.out.printf(
        "%s: round trips of 10,000 drafts that begin a conversation, and of 10,000, 1,000, 100 and 1"
            + " that go on with it: %s; in as many conversations as drafts: %s%n",
        getClass().getSimpleName(), toOne, toMany);
    assertThat(toOne).allSatisfy(count -> assertThat(count).isBetween(1, handful()));
    assertThat(toMany)
        .allSatisfy(count -> assertThat(count).isBetween(1, mostForTenThousandConversations()));
    assertThat(toMany.subList(3, 5)).allSatisfy(count -> assertThat(count).isBetween(1, handful()));
  }

  @Test
  void a_change_of_a_group_of_any_size_is_two_handfuls_of_round_trips() {
    List<List<Integer>> counts = IntStream.of(1, 100, 10_000).mapToObj(this::changeGroup).toList();

    System.out.printf(
        "%s: round trips of a group of 1, 100 and 10,000 beside the owner that is created, joined by"
            + " one more, left by all, joined by these again: %s%n",
        getClass().getSimpleName(), counts);
    assertThat(counts.stream().flatMap(List::stream))
        .allSatisfy(count -> assertThat(count).isBetween(1, 2 * handful()));
  }

  private List<Integer> changeGroup(int size) {
    batches++;
    ConversationId id = ConversationId.group("g" + batches);
    return List.of(
        roundTrips(() -> TestGroups.create(stores, id, users(0, size))),
        roundTrips(() -> TestGroups.change(stores, id, 1, joining(users(size, size + 1)), NOW)),
        roundTrips(() -> TestGroups.change(stores, id, 2, leaving(users(0, size)), NOW)),
        roundTrips(() -> TestGroups.change(stores, id, 3, joining(users(0, size)), NOW)));
  }

  private int roundTrips(Supplier<Result> call) {
    proxy.roundTrips();
    assertThat(call.get()).isInstanceOf(Result.Changed.class);
    return proxy.roundTrips();
  }

  /** Appends to so many conversations, and counts. */
  private int append(int size, int conversations) {
    batches++;
    List<ConversationId> ids = conversations(conversations);
    List<Append> batch =
        IntStream.range(0, size)
            .mapToObj(i -> text(ids.get(i % conversations), "alice", batches + "-" + i))
            .toList();
    proxy.roundTrips();
    assertThat(stores.messages().append(batch, NOW)).hasOnlyElementsOfType(Appended.class);
    return proxy.roundTrips();
  }
}
