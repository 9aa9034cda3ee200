package io.embedim.store.jdbc;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.store.SeqRange;
import io.embedim.spi.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A copy of the database that follows it, and may lag behind, be away or be unfit without anybody
 * noticing but the log: it then has no answer, and the database itself is asked.
 *
 * <p>After a failure it is left alone for a while. Then one call tries it, after a look at the
 * tables, while others go on without it, so that a time-out to connect is paid now and then only.
 */
final class ReadReplica {

  private static final Logger log = LoggerFactory.getLogger(ReadReplica.class);

  /** How long it is left alone after a failure. */
  static final Duration PAUSE = Duration.ofSeconds(10);

  private final DataSource dataSource;
  private final Dialect dialect;
  private final SchemaMigrator schema;
  private final SchemaMode mode;
  private final Transactions transactions;
  private final StretchQueries stretches;
  private final LongSupplier nanoTime;
  private final AtomicBoolean fit = new AtomicBoolean(true);

  /** When a replica that is not fit may be tried again, in the time of {@link #nanoTime}. */
  private final AtomicLong nextTry = new AtomicLong();

  private volatile boolean closed;

  /**
   * Looks whether the replica is fit for use, and leaves it alone for now when it is not.
   *
   * @param mode of the database itself; the replica's tables are checked unless it is {@code NONE}
   * @param readers how many may read at the same time
   * @param nanoTime what {@link System#nanoTime} is, or a test's stand-in for it
   */
  ReadReplica(
      DataSource dataSource,
      Dialect dialect,
      Tables tables,
      SchemaMode mode,
      int readers,
      LongSupplier nanoTime) {
    this.dataSource = dataSource;
    this.dialect = dialect;
    this.schema = new SchemaMigrator(dataSource, dialect, tables, MigrationScript.of(dialect));
    this.mode = mode == SchemaMode.NONE ? SchemaMode.NONE : SchemaMode.VALIDATE;
    this.transactions = new Transactions(dataSource, dialect, false, readers);
    this.stretches = new StretchQueries(dialect, tables);
    this.nanoTime = nanoTime;
    try {
      check();
    } catch (RuntimeException e) {
      leaveAlone(e);
    }
  }

  /**
   * Reads a stretch of a log.
   *
   * @return null when the replica is behind {@link SeqRange#asOfSeq()} or has no answer
   */
  @Nullable List<LogEntry> read(ConversationId id, SeqRange range) {
    boolean wasFit = fit.get();
    if (!wasFit && !mayTry()) {
      return null;
    }
    try {
      if (!wasFit) {
        check();
      }
      List<LogEntry> entries = transactions.read(handle -> stretches.asOf(handle, id, range));
      if (!wasFit && fit.compareAndSet(false, true)) {
        log.info("The read replica is back");
      }
      if (entries.isEmpty() && lengthAsOf(range) > 0) {
        return null;
      }
      checkWhole(id, range, entries);
      return entries;
    } catch (RuntimeException e) {
      // Not the replica's doing.
      if (closed || Thread.currentThread().isInterrupted()) {
        throw e;
      }
      leaveAlone(e);
      return null;
    }
  }

  /** From now on every call fails; the DataSource is the host's and stays open. */
  void close() {
    closed = true;
    transactions.close();
  }

  private void check() {
    try (Connection connection = dataSource.getConnection()) {
      String product = Dialects.of(connection).name();
      if (!product.equals(dialect.name())) {
        throw new StoreException(
            "a replica of " + dialect.name() + " is expected, this is " + product);
      }
    } catch (SQLException e) {
      throw new StoreException("cannot use the replica: " + SqlFailures.reason(e), e);
    }
    schema.apply(mode);
  }

  private boolean mayTry() {
    long now = nanoTime.getAsLong();
    long next = nextTry.get();
    return now - next >= 0 && nextTry.compareAndSet(next, now + PAUSE.toNanos());
  }

  private void leaveAlone(RuntimeException failure) {
    nextTry.set(nanoTime.getAsLong() + PAUSE.toNanos());
    if (fit.getAndSet(false)) {
      log.warn(
          "The read replica is not used until it is fit again, which is looked up every {} s",
          PAUSE.toSeconds(),
          failure);
    } else {
      log.debug("The read replica is still not fit for use", failure);
    }
  }

  /** How many entries of the stretch there were when the log went as far as is demanded. */
  private static long lengthAsOf(SeqRange range) {
    long end = Math.min(Math.max(range.beforeSeq(), 1) - 1, range.asOfSeq());
    return Math.max(end - range.afterSeq(), 0);
  }

  /**
   * Checks that the entries are all that a log has in the stretch that goes as far as is demanded:
   * a copy that lost some of its rows does not give itself away otherwise.
   *
   * @throws StoreException when they are not
   */
  private static void checkWhole(ConversationId id, SeqRange range, List<LogEntry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    long first = entries.get(0).seq();
    long last = entries.get(entries.size() - 1).seq();
    long length = Math.max(lengthAsOf(range), last - range.afterSeq());
    boolean whole =
        last - first == entries.size() - 1
            && switch (range.end()) {
              case OLDEST -> first == range.afterSeq() + 1;
              case NEWEST -> last >= range.afterSeq() + lengthAsOf(range);
            }
            && entries.size() == Math.min(length, range.limit());
    if (!whole) {
      throw new StoreException(
          "the replica has only "
              + entries.size()
              + " entries of "
              + id
              + " where "
              + range
              + " was to be read: it does not follow the database as a whole");
    }
  }
}
