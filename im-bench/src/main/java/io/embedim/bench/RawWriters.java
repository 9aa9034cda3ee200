package io.embedim.bench;

import io.embedim.bench.database.RawRows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;

/** Threads with a connection each that insert messages, as plainly as can be. */
final class RawWriters {

  private final DataSource dataSource;
  private final RawRows rows;
  private final List<Writer> writers = new ArrayList<>();

  /**
   * @param conversations among the writers, so that each numbers its own; at least one each
   */
  RawWriters(DataSource dataSource, RawRows rows, int count, int conversations) {
    this.dataSource = dataSource;
    this.rows = rows;
    for (int i = 0; i < count; i++) {
      writers.add(new Writer(i, Math.max(1, conversations / count)));
    }
  }

  /**
   * Writes for so long.
   *
   * @param batch rows in each commit
   * @return how many rows were committed
   */
  long write(Duration time, int batch, String text) throws Exception {
    long end = System.nanoTime() + time.toNanos();
    ExecutorService threads = Executors.newFixedThreadPool(writers.size());
    try {
      List<Callable<Long>> all = new ArrayList<>();
      writers.forEach(writer -> all.add(() -> writer.write(end, batch, text)));
      long written = 0;
      for (Future<Long> each : threads.invokeAll(all)) {
        written += each.get();
      }
      return written;
    } finally {
      threads.shutdown();
    }
  }

  /** Used by one thread at a time. */
  private final class Writer {
    private final int number;
    private final int conversations;
    private long next;

    Writer(int number, int conversations) {
      this.number = number;
      this.conversations = conversations;
    }

    long write(long end, int batch, String text) throws SQLException {
      long before = next;
      try (Connection connection = dataSource.getConnection()) {
        connection.setAutoCommit(false);
        try (PreparedStatement insert = rows.insert(connection)) {
          do {
            for (int i = 0; i < batch; i++) {
              RawRows.add(insert, row(next++, text));
            }
            insert.executeBatch();
            connection.commit();
          } while (System.nanoTime() < end);
        }
      }
      return next - before;
    }

    private RawRows.Row row(long message, String text) {
      String conversation = number + "-" + message % conversations;
      return new RawRows.Row(
          "r" + conversation + ":s" + conversation,
          message / conversations + 1,
          // As long as the engine's ids.
          String.format("%036d", message),
          "s" + conversation,
          text);
    }
  }
}
