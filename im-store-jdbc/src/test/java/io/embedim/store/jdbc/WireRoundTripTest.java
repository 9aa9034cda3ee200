package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.TestDrafts.NOW;
import static io.embedim.store.jdbc.TestDrafts.conversations;
import static io.embedim.store.jdbc.TestDrafts.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.AppendResult.Appended;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.tools.Server;
import org.junit.jupiter.api.Test;

/**
 * The round trips to a server, counted on the wire: what {@link RoundTripTest} counts as one call
 * is not split up by a driver.
 */
class WireRoundTripTest {

  /** H2 alone takes three for each statement: to prepare it, to run it, to let it go. */
  private static final int HANDFUL = 30;

  @Test
  void a_batch_of_any_size_is_a_handful_of_round_trips() throws Exception {
    Server server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
    try (CountingProxy proxy = new CountingProxy(server.getPort())) {
      JdbcConnectionPool pool =
          JdbcConnectionPool.create(
              "jdbc:h2:tcp://localhost:%d/mem:%s;DB_CLOSE_DELAY=-1"
                  .formatted(proxy.port(), UUID.randomUUID()),
              "sa",
              "");
      JdbcStores stores = JdbcStores.create(pool);

      List<Integer> roundTrips = new ArrayList<>();
      for (int size : new int[] {1, 10, 1_000, 10_000}) {
        append(stores, size, "new");
        proxy.roundTrips();
        append(stores, size, "known");
        roundTrips.add(proxy.roundTrips());
      }

      System.out.printf("Round trips of 1, 10, 1,000 and 10,000 drafts: %s%n", roundTrips);
      assertThat(roundTrips).allSatisfy(count -> assertThat(count).isBetween(1, HANDFUL));
      pool.dispose();
    } finally {
      server.stop();
    }
  }

  /** Appends to as many conversations as there are drafts. */
  private static void append(JdbcStores stores, int size, String prefix) {
    List<ConversationId> ids = conversations(size);
    List<Append> batch =
        IntStream.range(0, size)
            .mapToObj(i -> text(ids.get(i), "alice", prefix + size + "-" + i))
            .toList();
    assertThat(stores.messages().append(batch, NOW)).hasOnlyElementsOfType(Appended.class);
  }
}
