package io.embedim.store.jdbc;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.store.SeqRange;
import io.embedim.spi.store.SeqRange.End;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Reads stretches of logs, here or in a copy of the database. */
final class StretchQueries {

  private final EntryReader reader;
  private final String select;
  private final String onlyAsOf;

  StretchQueries(Dialect dialect, Tables tables) {
    this.reader = new EntryReader(dialect, tables);
    this.select =
        "SELECT "
            + EntryColumns.ofM()
            + " FROM "
            + tables.message()
            + " m WHERE m.conversation_id = :id AND m.seq > :after AND m.seq < :before";
    // In the statement that reads the rows, so that both are of one moment.
    this.onlyAsOf =
        " AND EXISTS (SELECT 1 FROM "
            + tables.conversation()
            + " c WHERE c.id = :id AND c.max_seq >= :asOf)";
  }

  /** The stretch of the log as it is. */
  List<LogEntry> newest(Handle handle, ConversationId id, SeqRange range) {
    try (Query query = handle.createQuery(select + order(range.end()))) {
      return read(handle, query, id, range);
    }
  }

  /** The stretch of the log if that goes as far as the range demands, otherwise nothing. */
  List<LogEntry> asOf(Handle handle, ConversationId id, SeqRange range) {
    try (Query query = handle.createQuery(select + onlyAsOf + order(range.end()))) {
      return read(handle, query.bind("asOf", range.asOfSeq()), id, range);
    }
  }

  private List<LogEntry> read(Handle handle, Query query, ConversationId id, SeqRange range) {
    List<EntryRow> rows =
        new ArrayList<>(
            query
                .bind("id", id.value())
                .bind("after", range.afterSeq())
                .bind("before", range.beforeSeq())
                .bind("limit", range.limit())
                .map((row, context) -> EntryColumns.read(row))
                .list());
    if (range.end() == End.NEWEST) {
      Collections.reverse(rows);
    }
    return reader.complete(handle, rows);
  }

  /**
   * The whole key stands in the order, so that the index gives it and the limit ends the search.
   */
  private static String order(End end) {
    return switch (end) {
      case OLDEST -> " ORDER BY m.conversation_id, m.seq LIMIT :limit";
      case NEWEST -> " ORDER BY m.conversation_id DESC, m.seq DESC LIMIT :limit";
    };
  }
}
