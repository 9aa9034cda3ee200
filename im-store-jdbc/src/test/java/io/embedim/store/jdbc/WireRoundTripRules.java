package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.TestDrafts.NOW;
import static io.embedim.store.jdbc.TestDrafts.conversations;
import static io.embedim.store.jdbc.TestDrafts.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.AppendResult.Appended;
import java.net.URI;
import java.util.List;
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
    stores = JdbcStores.create(pool);
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
