package io.embedim.store.jdbc;

import io.embedim.core.ImEngine;
import io.embedim.spi.model.Content;
import io.embedim.spi.model.ContentType;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.MessageOptions;
import io.embedim.store.jdbc.CrashReport.Order;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The host: takes orders, and tells the buyer in the same transaction; some it rolls back. */
final class CrashHost {

  static final ConversationId NEWS = ConversationId.direct("u0", "system");

  private static final String ORDERS = "crash_order";
  private static final long PAUSE_MILLIS = 20;
  private static final int ORDERS_IN_A_ROUND = 1_000_000;

  private final CrashDatabase database;
  private final JdbcOutbox outbox = JdbcOutbox.create();

  CrashHost(CrashDatabase database) {
    this.database = database;
  }

  void createTable() throws SQLException {
    database.execute("CREATE TABLE " + ORDERS + " (id BIGINT PRIMARY KEY)");
  }

  /** Takes orders until it is stopped; of one whose connection broke nothing is known. */
  void run(ImEngine engine, int round, Random random, CountDownLatch stop, Consumer<String> report)
      throws InterruptedException {
    long number = (long) round * ORDERS_IN_A_ROUND;
    while (stop.getCount() > 0) {
      number++;
      try (Connection connection = database.connect()) {
        connection.setAutoCommit(false);
        order(connection, number);
        boolean commits = random.nextInt(4) > 0;
        if (commits) {
          connection.commit();
        } else {
          connection.rollback();
        }
        report.accept(new Order(NEWS, number, commits).line());
        if (random.nextBoolean()) {
          engine.relayOutbox();
        }
        var unused = stop.await(random.nextInt(10), TimeUnit.MILLISECONDS);
      } catch (SQLException away) {
        var unused = stop.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
      }
    }
  }

  private void order(Connection connection, long number) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO " + ORDERS + " (id) VALUES (?)")) {
      insert.setLong(1, number);
      insert.executeUpdate();
    }
    String messageId = ClientCheck.messageId(number);
    outbox.enqueue(
        connection,
        new EntryDraft(
            NEWS,
            EntryType.SYSTEM,
            messageId,
            "system",
            new Content(ContentType.TEXT, "{}", ""),
            MessageOptions.NONE,
            null));
  }

  /** The orders that were committed. */
  Set<Long> committed() throws SQLException {
    Set<Long> numbers = new TreeSet<>();
    database.query("SELECT id FROM " + ORDERS).forEach(id -> numbers.add(Long.valueOf(id)));
    return numbers;
  }

  /** The ids of messages that were not sent yet, or never will be. */
  List<String> waiting() throws SQLException {
    return database.query("SELECT message_id FROM im_outbox ORDER BY id");
  }
}
