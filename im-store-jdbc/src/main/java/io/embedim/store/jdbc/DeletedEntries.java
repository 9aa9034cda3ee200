package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.KeyColumn.SEQ;

import io.embedim.spi.model.ConversationId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/** What members deleted for themselves. */
final class DeletedEntries {

  private static final Comparator<Map.Entry<EntryPlace, String>> BY_MEMBER =
      Comparator.<Map.Entry<EntryPlace, String>, ConversationId>comparing(
              row -> row.getKey().conversationId())
          .thenComparing(Map.Entry::getValue)
          .thenComparing(row -> row.getKey().seq());

  private final Dialect dialect;
  private final String insert;
  private final String insertNew;
  private final String stayHidden;
  private final String select;

  DeletedEntries(Dialect dialect, Tables tables) {
    this.dialect = dialect;
    this.insert =
        "INSERT INTO "
            + tables.deleted()
            + " (user_id, conversation_id, seq) SELECT :user, m.conversation_id, m.seq FROM "
            + dialect.keyTable("k", SEQ)
            + " JOIN "
            + tables.message()
            + " m ON m.seq = k.seq WHERE m.conversation_id = :id AND NOT EXISTS (SELECT 1 FROM "
            + tables.deleted()
            + " d WHERE d.user_id = :user AND d.conversation_id = :id AND d.seq = k.seq)";
    this.insertNew =
        "INSERT INTO " + tables.deleted() + " (user_id, conversation_id, seq) VALUES (?, ?, ?)";
    this.stayHidden =
        "UPDATE "
            + tables.member()
            + " m SET hidden_seq = ? WHERE m.conversation_id = ? AND m.user_id = ?"
            + " AND m.hidden_seq IS NOT NULL AND NOT "
            + MemberState.newsSinceHidden(dialect, tables, "e.seq < ?");
    this.select =
        "SELECT d.seq FROM "
            + tables.deleted()
            + " d WHERE d.user_id = :user AND d.conversation_id = :id"
            + " AND d.seq >= :from AND d.seq <= :to";
  }

  /**
   * Notes those entries that exist for the member and are not noted yet, under the lock on her row.
   */
  void add(Handle handle, MemberState member, Collection<Long> seqs) {
    Keys keys = new Keys(SEQ);
    seqs.stream().filter(seq -> seq <= member.maxSeq()).forEach(keys::add);
    if (keys.isEmpty()) {
      return;
    }
    try (Update update = handle.createUpdate(insert)) {
      dialect.bindKeys(update, "k", keys);
      update.bind("user", member.userId()).bind("id", member.conversationId().value()).execute();
    }
  }

  /**
   * Notes entries that are just being logged, each for a member, whose conversation stays out of
   * her list if it was: nothing happened there that she could see.
   */
  void add(Connection connection, Map<EntryPlace, String> hidden) throws SQLException {
    Rows.write(
        connection,
        insertNew,
        hidden.entrySet(),
        (statement, row) -> {
          statement.setString(1, row.getValue());
          statement.setString(2, row.getKey().conversationId().value());
          statement.setLong(3, row.getKey().seq());
        });
    Rows.write(
        connection,
        stayHidden,
        // In the order of the members' keys, in which everybody locks them.
        hidden.entrySet().stream().sorted(BY_MEMBER).toList(),
        (statement, row) -> {
          statement.setLong(1, row.getKey().seq());
          statement.setString(2, row.getKey().conversationId().value());
          statement.setString(3, row.getValue());
          statement.setLong(4, row.getKey().seq());
        });
  }

  Set<Long> between(Handle handle, String userId, ConversationId id, long fromSeq, long toSeq) {
    try (Query query = handle.createQuery(select)) {
      return query
          .bind("user", userId)
          .bind("id", id.value())
          .bind("from", fromSeq)
          .bind("to", toSeq)
          .map((row, context) -> row.getLong(1))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
