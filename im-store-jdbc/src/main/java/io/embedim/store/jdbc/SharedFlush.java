package io.embedim.store.jdbc;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets those whose commits end at about the same time share one flush to the disk: a flush covers
 * every commit that ended before it began.
 */
final class SharedFlush {

  private final AtomicLong committed = new AtomicLong();
  private final ReentrantLock flushing = new ReentrantLock();
  private long flushedUpTo;

  /** Called after a commit; returns when a flush that began after the call has ended. */
  void flush(Flush flush) throws SQLException {
    long mine = committed.incrementAndGet();
    flushing.lock();
    try {
      if (flushedUpTo < mine) {
        long upTo = committed.get();
        flush.run();
        flushedUpTo = upTo;
      }
    } finally {
      flushing.unlock();
    }
  }

  /** Writes to the disk what was committed. */
  @FunctionalInterface
  interface Flush {
    void run() throws SQLException;
  }
}
