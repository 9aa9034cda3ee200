package io.embedim.store.jdbc;

import io.embedim.spi.store.StoreException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs our work on connections of the DataSource, at READ COMMITTED whatever the pool's default is,
 * and turns every failure into a {@link StoreException}.
 *
 * <p>A transaction that lost against others is run again from its beginning, a bounded number of
 * times; so the work must have no effect outside the database.
 */
final class Transactions {

  private static final Logger log = LoggerFactory.getLogger(Transactions.class);

  private static final int MAX_ATTEMPTS = 12;

  /** After this time no further attempt begins. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Dialect dialect;
  private final boolean mayReadAsIsolated;

  /**
   * Whether connections come at READ COMMITTED, so that they need not be asked, which may be a
   * round trip: because it is our pool, or because the last one did. Should that change,
   * transactions lose more often against others, but none goes wrong; after one that lost it is
   * asked again.
   */
  private volatile boolean readCommitted;

  private final Jdbi jdbi;

  private final Readers readers;

  private volatile boolean closed;

  /**
   * @param readCommitted whether connections are known to come with this level
   * @param readers how many may read at the same time, 1 or more: what is left of the connections
   *     is for commits
   */
  Transactions(DataSource dataSource, Dialect dialect, boolean readCommitted, int readers) {
    this.dialect = dialect;
    this.readCommitted = readCommitted;
    this.mayReadAsIsolated = readCommitted || dialect.neverReadsUncommitted();
    this.readers = new Readers(readers, dialect.computesInProcess());
    this.jdbi = Jdbi.create(dataSource);
    // Whatever is bound may be somebody's message, and exceptions are logged.
    jdbi.configure(
        StatementExceptions.class, config -> config.setMessageRendering(MessageRendering.NONE));
  }

  /** Runs statements that only read. Each sees what was committed when it began. */
  <R> R read(Work<R> work) {
    return readers.run(
        () ->
            attempt(
                () -> {
                  try (Handle handle = jdbi.open();
                      ConnectionSettings settings =
                          ConnectionSettings.ofStatements(
                              handle.getConnection(), mayReadAsIsolated)) {
                    return work.run(handle);
                  }
                }));
  }

  /** Runs statements as one transaction, which is durable when this returns. */
  <R> R write(Work<R> work) {
    return attempt(
        () -> {
          try (Handle handle = jdbi.open();
              ConnectionSettings settings =
                  ConnectionSettings.ofTransaction(handle.getConnection(), readCommitted)) {
            readCommitted = settings.cameReadCommitted();
            return dialect.durably(
                handle.getConnection(),
                () -> {
                  R result = work.run(handle);
                  settings.commit();
                  return result;
                });
          }
        });
  }

  /**
   * Runs work, which may be long and use other connections, while a transaction that changes
   * nothing holds a lock. Is not repeated.
   *
   * @param lock takes the lock, or says that it is not to be had
   * @param otherwise the result without the lock
   */
  <R> R whileLocked(Work<Boolean> lock, R otherwise, Supplier<R> work) {
    if (closed) {
      throw new StoreException("the stores are closed");
    }
    try (Handle handle = jdbi.open();
        ConnectionSettings settings =
            ConnectionSettings.ofTransaction(handle.getConnection(), readCommitted)) {
      R result = lock.run(handle) ? work.get() : otherwise;
      dialect.durably(
          handle.getConnection(),
          () -> {
            settings.commit();
            return result;
          });
      return result;
    } catch (SQLException | JdbiException e) {
      throw new StoreException(
          "the " + dialect.name() + " database failed: " + SqlFailures.reason(e), e);
    }
  }

  /** From now on every call fails. */
  void close() {
    closed = true;
    readers.close();
  }

  private <R> R attempt(Attempt<R> attempt) {
    long begin = System.nanoTime();
    for (int count = 1; ; count++) {
      if (closed) {
        throw new StoreException("the stores are closed");
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new StoreException("the thread was interrupted before the database was asked");
      }
      try {
        return attempt.run();
      } catch (SQLException | JdbiException e) {
        if (!SqlFailures.any(e, this::lostAgainstOthers)) {
          throw new StoreException(
              "the " + dialect.name() + " database failed: " + SqlFailures.reason(e), e);
        }
        if (count == MAX_ATTEMPTS || System.nanoTime() - begin > PATIENCE.toNanos()) {
          throw new StoreException(
              "gave up after " + count + " attempts that other transactions kept from committing",
              e);
        }
        readCommitted = false;
        log.debug("A transaction lost against others and is run again, attempt {}", count, e);
        backOff(count);
      }
    }
  }

  /** A duplicate key is one too: what another transaction inserts meanwhile is found next time. */
  private boolean lostAgainstOthers(SQLException failure) {
    return dialect.isConflict(failure) || dialect.isDuplicateKey(failure);
  }

  /** Up to 1, 2, 4 … 64 ms by chance, so that those who met do not meet again. */
  private static void backOff(int attempt) {
    long bound = TimeUnit.MILLISECONDS.toNanos(1L << Math.min(attempt - 1, 6));
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(bound));
  }

  /** What is done with a connection. */
  @FunctionalInterface
  interface Work<R> {
    R run(Handle handle) throws SQLException;
  }

  private interface Attempt<R> {
    R run() throws SQLException;
  }
}
