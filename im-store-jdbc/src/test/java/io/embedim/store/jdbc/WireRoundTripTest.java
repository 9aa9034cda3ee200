package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.TestDrafts.NOW;
import static io.embedim.store.jdbc.TestDrafts.conversations;
import static io.embedim.store.jdbc.TestDrafts.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.AppendResult.Appended;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The round trips to a server, counted on the wire: what {@link RoundTripTest} counts as one call
 * is not split up by a driver.
 */
class WireRoundTripTest {

  /** H2's driver alone takes three for each statement: to prepare it, to run it, to let it go. */
  private static final int HANDFUL = 24;

  private Server server;
  private CountingProxy proxy;
  private JdbcConnectionPool pool;
  private JdbcStores stores;
  private int batches;

  @BeforeEach
  void connect() throws Exception {
    server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
    proxy = new CountingProxy(server.getPort());
    String database = "/mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    pool =
        JdbcConnectionPool.create("jdbc:h2:tcp://localhost:" + proxy.port() + database, "sa", "");
    stores = JdbcStores.create(pool);
  }

  @AfterEach
  void disconnect() throws IOException {
    pool.dispose();
    proxy.close();
    server.stop();
  }

  @Test
  void a_batch_of_any_size_is_a_handful_of_round_trips() {
    List<Integer> roundTrips =
        IntStream.of(10_000, 10_000, 1_000, 10, 1).mapToObj(this::append).toList();

    System.out.printf(
        "Round trips of 10,000 drafts that begin conversations, and of 10,000, 1,000, 10 and 1 that"
            + " go on with them: %s%n",
        roundTrips);
    assertThat(roundTrips).allSatisfy(count -> assertThat(count).isBetween(1, HANDFUL));
  }

  /** Appends to as many conversations as there are drafts, and counts. */
  private int append(int size) {
    batches++;
    List<ConversationId> ids = conversations(size);
    List<Append> batch =
        IntStream.range(0, size)
            .mapToObj(i -> text(ids.get(i), "alice", batches + "-" + i))
            .toList();
    proxy.roundTrips();
    assertThat(stores.messages().append(batch, NOW)).hasOnlyElementsOfType(Appended.class);
    return proxy.roundTrips();
  }
}
