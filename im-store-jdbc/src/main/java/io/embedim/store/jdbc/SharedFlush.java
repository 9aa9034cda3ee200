package io.embedim.store.jdbc;

import io.embedim.store.jdbc.Dialect.Work;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Lets those whose commits end at about the same time share one flush to the disk: a flush covers
 * every commit that ended before it began.
 *
 * <p>No transaction runs while it is collected what to write. H2 collects table by table, and what
 * commits in the middle would be on the disk in some tables and not in others: a process that dies
 * then would leave a message without its place in the log, or a hole.
 */
final class SharedFlush {

  /** Shared by those who run a transaction; fair, so that a flush comes to its turn. */
  private final ReadWriteLock quiet = new ReentrantReadWriteLock(true);

  private final AtomicLong committed = new AtomicLong();
  private final ReentrantLock flushing = new ReentrantLock();
  private long flushedUpTo;

  /**
   * Runs a transaction with its commit; returns when a flush that began after it has ended.
   *
   * @param write writes what was committed; nothing commits meanwhile
   * @param force returns when what was written is on the disk
   */
  <R> R durably(Work<R> transaction, Step write, Step force) throws SQLException {
    R result;
    quiet.readLock().lock();
    try {
      result = transaction.run();
    } finally {
      quiet.readLock().unlock();
    }
    long mine = committed.incrementAndGet();
    flushing.lock();
    try {
      if (flushedUpTo < mine) {
        flushedUpTo = flush(write, force);
      }
    } finally {
      flushing.unlock();
    }
    return result;
  }

  /** Tells how many commits were flushed. */
  private long flush(Step write, Step force) throws SQLException {
    long upTo;
    quiet.writeLock().lock();
    try {
      upTo = committed.get();
      write.run();
    } finally {
      quiet.writeLock().unlock();
    }
    force.run();
    return upTo;
  }

  /** A part of a flush. */
  @FunctionalInterface
  interface Step {
    void run() throws SQLException;
  }
}
