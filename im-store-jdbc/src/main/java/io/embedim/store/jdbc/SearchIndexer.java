package io.embedim.store.jdbc;

import io.embedim.spi.store.StoreException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works off the {@link SearchBacklog} on a thread of its own, which ends when there is none left.
 * Several processes may do so at once; what one of them does the others need not do.
 */
final class SearchIndexer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(SearchIndexer.class);

  private static final int SECONDS_AFTER_FAILURE = 10;

  /** Some times longer than a batch takes. */
  private static final long MILLIS_TO_END = 5_000;

  private final SearchBacklog backlog;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "embedim-search-index");

  private SearchIndexer(SearchBacklog backlog) {
    this.backlog = backlog;
    thread.setDaemon(true);
  }

  /**
   * Sees to what is not indexed.
   *
   * @param searchable whether these stores write terms; otherwise it is noted that they do not
   * @return what works on it; null when there is nothing to be done
   * @throws StoreException when the server's settings are not fit for the index
   */
  static @Nullable SearchIndexer open(
      Transactions transactions, Dialect dialect, Tables tables, boolean searchable) {
    SearchIndex index = dialect.searchIndex();
    if (index == null) {
      return null;
    }
    SearchBacklog backlog = new SearchBacklog(transactions, dialect, index, tables);
    if (!searchable) {
      backlog.beginWithoutIndex();
      return null;
    }
    check(dialect, transactions.read(index::problems));
    backlog.endWithoutIndex();
    return backlog.isEmpty() ? null : new SearchIndexer(backlog).start();
  }

  private static void check(Dialect dialect, List<String> problems) {
    if (!problems.isEmpty()) {
      throw new StoreException(
          "the "
              + dialect.name()
              + " server cannot index what is to be found: "
              + String.join("; ", problems)
              + ". Change its settings, or build the stores withoutSearch()");
    }
  }

  private SearchIndexer start() {
    thread.start();
    return this;
  }

  private void run() {
    log.info("Messages that are not in the search index yet are being put into it");
    try {
      while (closed.getCount() > 0) {
        if (!goesOn()) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Does some work; false when there is none. */
  private boolean goesOn() throws InterruptedException {
    try {
      if (backlog.indexSome()) {
        return true;
      }
      log.info("All messages are in the search index");
      return false;
    } catch (StoreException e) {
      if (closed.getCount() > 0) {
        log.warn(
            "Messages were not put into the search index, which is tried again in {} s; until then"
                + " a search reads them",
            SECONDS_AFTER_FAILURE,
            e);
      }
      return !closed.await(SECONDS_AFTER_FAILURE, TimeUnit.SECONDS);
    }
  }

  /** Waits a little for what has been begun, so that the database is not used any more then. */
  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join(MILLIS_TO_END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
