package io.embedim.store.jdbc;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** What the host wrote and the engine has not sent yet. */
final class OutboxTable {

  private final String lock;
  private final String insert;
  private final String oldest;
  private final String delete;
  private final String refuse;

  OutboxTable(Tables tables) {
    this.lock =
        "SELECT task FROM " + tables.lock() + " WHERE task = 'outbox' FOR UPDATE SKIP LOCKED";
    this.insert =
        "INSERT INTO "
            + tables.outbox()
            + " ("
            + DraftColumns.NAMES
            + ") VALUES ("
            + "?, ".repeat(DraftColumns.COUNT - 1)
            + "?)";
    this.oldest =
        "SELECT " + DraftColumns.NAMES + ", id FROM " + tables.outbox() + " WHERE refused IS NULL";
    this.delete = "DELETE FROM " + tables.outbox() + " WHERE id = ?";
    this.refuse = "UPDATE " + tables.outbox() + " SET refused = ? WHERE id = ?";
  }

  /** A message that waits. */
  record Row(long id, EntryDraft draft) {}

  /** Whether this transaction, and no other until it ends, may take messages out. */
  boolean lock(Handle handle) {
    try (Query query = handle.createQuery(lock)) {
      return query.mapTo(String.class).findFirst().isPresent();
    }
  }

  void insert(Connection connection, List<EntryDraft> drafts) throws SQLException {
    Rows.write(connection, insert, drafts, DraftColumns::bind);
  }

  /** The oldest that wait, but for those of these conversations. */
  List<Row> oldest(Handle handle, int limit, Set<ConversationId> without) {
    String condition = without.isEmpty() ? "" : " AND conversation_id NOT IN (<without>)";
    try (Query query = handle.createQuery(oldest + condition + " ORDER BY id LIMIT :limit")) {
      if (!without.isEmpty()) {
        query.bindList("without", without.stream().map(ConversationId::value).toList());
      }
      return query
          .bind("limit", limit)
          .map(
              (row, context) ->
                  new Row(row.getLong(DraftColumns.COUNT + 1), DraftColumns.read(row)))
          .list();
    }
  }

  void delete(Connection connection, Collection<Long> ids) throws SQLException {
    Rows.write(connection, delete, ids, (statement, id) -> statement.setLong(1, id));
  }

  /** Keeps these with the reasons why they were not sent. */
  void refuse(Connection connection, Map<Long, String> reasons) throws SQLException {
    Rows.write(
        connection,
        refuse,
        reasons.entrySet(),
        (statement, refused) -> {
          statement.setString(1, refused.getValue());
          statement.setLong(2, refused.getKey());
        });
  }
}
