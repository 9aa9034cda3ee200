package io.embedim.store.jdbc;

import io.embedim.spi.model.ConversationId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Puts messages into the search index when a test says so. */
final class SearchCrank implements AutoCloseable {

  private final Transactions transactions;
  private final SearchWriter writer;
  private final IndexedParts parts;

  SearchCrank(DataSource dataSource, String prefix) {
    Tables tables = new Tables(null, prefix);
    try (Connection connection = dataSource.getConnection()) {
      Dialect dialect = Dialects.of(connection);
      transactions = new Transactions(dataSource, dialect, false, 5);
      writer = new SearchWriter(transactions, dialect, dialect.searchIndex(), tables);
      parts = new IndexedParts(dialect, tables);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first page of all logs. */
  IndexedParts.Page page() {
    return page("");
  }

  private IndexedParts.Page page(String after) {
    return transactions.read(handle -> parts.page(handle, after));
  }

  /** Logs of which something is not indexed. */
  List<ConversationId> unfinished() {
    List<ConversationId> unfinished = new ArrayList<>();
    String last = "";
    while (last != null) {
      IndexedParts.Page page = page(last);
      unfinished.addAll(page.unfinished());
      last = page.last();
    }
    return unfinished;
  }

  /** Goes through so many entries, and tells the logs of which something is left. */
  List<ConversationId> index(List<ConversationId> ids, long most) {
    return writer.index(ids, most);
  }

  /** Goes through so many entries of any logs; false when there is nothing left now. */
  boolean turn(long most) {
    return !index(unfinished(), most).isEmpty();
  }

  void indexAll() {
    List<ConversationId> left = unfinished();
    while (!left.isEmpty()) {
      left = index(left, 2_000);
    }
  }

  @Override
  public void close() {
    transactions.close();
  }
}
