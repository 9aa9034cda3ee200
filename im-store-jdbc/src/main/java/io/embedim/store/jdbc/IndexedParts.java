package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.KeyColumn.CONVERSATION_ID;
import static io.embedim.store.jdbc.KeyColumn.NEW_AFTER_SEQ;
import static io.embedim.store.jdbc.KeyColumn.NEW_UP_TO_SEQ;

import io.embedim.spi.model.ConversationId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Which part of each log is in the search index; an append has nothing to do with it. */
final class IndexedParts {

  private static final KeyColumn[] PART = {CONVERSATION_ID, NEW_AFTER_SEQ, NEW_UP_TO_SEQ};

  /** Logs that are looked at with one statement when all are. */
  private static final int PAGE = 1_000;

  private final Dialect dialect;
  private final String find;
  private final String lock;
  private final String insert;
  private final String update;
  private final String page;

  IndexedParts(Dialect dialect, Tables tables) {
    this.dialect = dialect;
    String byKeys =
        "p.conversation_id, p.after_seq, p.up_to_seq FROM "
            + dialect.keyTable("k", CONVERSATION_ID)
            + " JOIN "
            + tables.searchIndexed()
            + " p ON p.conversation_id = k.conversation_id";
    this.find = "SELECT " + byKeys;
    this.lock = dialect.locking(byKeys + " ORDER BY p.conversation_id", "p");
    this.insert =
        "INSERT INTO "
            + tables.searchIndexed()
            + " (conversation_id, after_seq, up_to_seq) VALUES (?, ?, ?)";
    this.update =
        dialect.update(tables.searchIndexed(), "p", "p.conversation_id = k.conversation_id", PART);
    this.page =
        "SELECT c.id, p.after_seq, p.up_to_seq, c.max_seq FROM "
            + tables.conversation()
            + " c LEFT JOIN "
            + tables.searchIndexed()
            + " p ON p.conversation_id = c.id WHERE c.id > :after ORDER BY c.id LIMIT "
            + PAGE;
  }

  /** A page of all logs: those of which something is not indexed, and the last one of all. */
  record Page(List<ConversationId> unfinished, @Nullable String last) {}

  /** The parts of these logs, those that there are. */
  Map<ConversationId, IndexedPart> find(Handle handle, Collection<ConversationId> ids) {
    return parts(handle, find, ids);
  }

  /** The same, locked until the transaction ends, in the order of their ids. */
  Map<ConversationId, IndexedPart> lock(Handle handle, SortedSet<ConversationId> ids) {
    return parts(handle, lock, ids);
  }

  private Map<ConversationId, IndexedPart> parts(
      Handle handle, String sql, Collection<ConversationId> ids) {
    Keys keys = new Keys(CONVERSATION_ID);
    ids.forEach(id -> keys.add(id.value()));
    Map<ConversationId, IndexedPart> parts = new HashMap<>();
    try (Query query = handle.createQuery(sql)) {
      dialect.bindKeys(query, "k", keys);
      query
          .map((row, context) -> Map.entry(new ConversationId(row.getString(1)), part(row)))
          .forEach(entry -> parts.put(entry.getKey(), entry.getValue()));
    }
    return parts;
  }

  /** Adds parts; fails with a duplicate key when somebody else just did. */
  void insert(Connection connection, Map<ConversationId, IndexedPart> parts) throws SQLException {
    Rows.write(
        connection,
        insert,
        parts.entrySet(),
        (statement, entry) -> {
          statement.setString(1, entry.getKey().value());
          statement.setLong(2, entry.getValue().afterSeq());
          statement.setLong(3, entry.getValue().upToSeq());
        });
  }

  /** Changes parts that are locked. */
  void update(Handle handle, Map<ConversationId, IndexedPart> parts) {
    Keys keys = new Keys(PART);
    parts.forEach((id, part) -> keys.add(id.value(), part.afterSeq(), part.upToSeq()));
    Rows.update(handle, dialect, update, keys);
  }

  /**
   * Looks at the next logs in the order of their ids.
   *
   * @param after the last one of the page before; empty for the first page
   */
  Page page(Handle handle, String after) {
    List<ConversationId> unfinished = new ArrayList<>();
    try (Query query = handle.createQuery(page)) {
      List<String> ids =
          query
              .bind("after", after)
              .map(
                  (row, context) -> {
                    if (!part(row).hasAll(row.getLong(4))) {
                      unfinished.add(new ConversationId(row.getString(1)));
                    }
                    return row.getString(1);
                  })
              .list();
      return new Page(unfinished, ids.size() < PAGE ? null : ids.get(ids.size() - 1));
    }
  }

  private static IndexedPart part(ResultSet row) throws SQLException {
    return new IndexedPart(row.getLong(2), row.getLong(3));
  }
}
