package io.embedim.store.jdbc;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.StoreException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts what these stores append into the search index, behind the commit, on a thread of its own
 * with one connection. What others left behind it finds by looking at all logs, at first and now
 * and then. Several processes may do so at once; what one of them does the others need not do.
 */
final class SearchIndexer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(SearchIndexer.class);

  /** What is locked and written in a transaction; measured in ADR 10. */
  private static final int ENTRIES_AT_ONCE = 200;

  private static final int LOGS_AT_ONCE = 100;

  /**
   * How many times as long as it worked it rests: while somebody appends here, to whom the database
   * belongs first, and otherwise. Measured in ADR 10.
   */
  private static final int REST = 19;

  private static final int REST_ALONE = 1;

  /** How long the first of many messages waits for the others. */
  private static final long MILLIS_TO_GATHER = 500;

  private static final Duration BETWEEN_SCANS = Duration.ofMinutes(10);

  private static final int SECONDS_AFTER_FAILURE = 10;

  /** Some times longer than a transaction takes. */
  private static final long MILLIS_TO_END = 5_000;

  private final Transactions transactions;
  private final Dialect dialect;
  private final SearchIndex index;
  private final SearchWriter writer;
  private final IndexedParts parts;
  private final SearchQueue queue = new SearchQueue();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "embedim-search-index");

  /** Up to where all logs have been looked at; null when all of them have. */
  private @Nullable String scanned = "";

  private long lastScan;

  SearchIndexer(Transactions transactions, Dialect dialect, SearchIndex index, Tables tables) {
    this.transactions = transactions;
    this.dialect = dialect;
    this.index = index;
    this.writer = new SearchWriter(transactions, dialect, index, tables);
    this.parts = new IndexedParts(dialect, tables);
    thread.setDaemon(true);
  }

  /**
   * Begins.
   *
   * @throws StoreException when the server's settings are not fit for the index
   */
  void start() {
    List<String> problems = transactions.read(index::problems);
    if (!problems.isEmpty()) {
      throw new StoreException(
          "the "
              + dialect.name()
              + " server cannot index what is to be found: "
              + String.join("; ", problems)
              + ". Change its settings, or build the stores withoutSearch()");
    }
    thread.start();
  }

  /** Something was committed that is to be indexed. Costs the caller next to nothing. */
  void appended(Collection<Append> batch) {
    queue.appended(batch.stream().map(append -> append.draft().conversationId()).toList());
  }

  private void run() {
    try {
      while (closed.getCount() > 0) {
        goOn();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void goOn() throws InterruptedException {
    List<ConversationId> logs = queue.take(LOGS_AT_ONCE);
    try {
      if (!logs.isEmpty()) {
        index(logs);
      } else if (scanned != null) {
        scan(scanned);
      } else {
        await();
      }
    } catch (RuntimeException e) {
      // Whatever it is: the thread has to go on, since nobody would begin another one.
      queue.putBack(logs);
      if (closed.getCount() > 0) {
        log.warn(
            "Messages were not put into the search index, which is tried again in {} s; until then"
                + " a search reads them",
            SECONDS_AFTER_FAILURE,
            e);
      }
      rest(TimeUnit.SECONDS.toNanos(SECONDS_AFTER_FAILURE));
    }
  }

  private void index(List<ConversationId> logs) throws InterruptedException {
    long appends = queue.appends();
    long begin = System.nanoTime();
    queue.putBack(writer.index(logs, ENTRIES_AT_ONCE));
    int times = queue.appends() == appends ? REST_ALONE : REST;
    rest(times * (System.nanoTime() - begin));
  }

  private void scan(String after) {
    IndexedParts.Page page = transactions.read(handle -> parts.page(handle, after));
    queue.putBack(page.unfinished());
    scanned = page.last();
    lastScan = System.nanoTime();
  }

  /** Waits for something to do. */
  private void await() throws InterruptedException {
    long left = lastScan + BETWEEN_SCANS.toNanos() - System.nanoTime();
    if (left <= 0 || queue.hasForgotten()) {
      scanned = "";
    } else if (queue.await(left)) {
      rest(TimeUnit.MILLISECONDS.toNanos(MILLIS_TO_GATHER));
    }
  }

  private void rest(long nanos) throws InterruptedException {
    boolean unused = closed.await(nanos, TimeUnit.NANOSECONDS);
  }

  /** Waits a little for what has been begun, so that the database is not used any more then. */
  @Override
  public void close() {
    closed.countDown();
    queue.close();
    try {
      thread.join(MILLIS_TO_END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
