package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.KeyColumn.USER_ID;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Who has blocked whom. Whoever changes that holds the lock on the conversation of the two. */
final class ContactTable {

  /** Users who are looked for with one statement. */
  private static final int AT_ONCE = 500;

  private final Dialect dialect;
  private final String isThere;
  private final String list;
  private final String blockers;
  private final String insert;
  private final String delete;

  ContactTable(Dialect dialect, Tables tables) {
    this.dialect = dialect;
    this.isThere =
        "SELECT 1 FROM " + tables.blocked() + " b WHERE b.user_id = ? AND b.blocked_id = ?";
    // The whole key stands in the order, so that the index gives it.
    this.list =
        "SELECT b.blocked_id FROM "
            + tables.blocked()
            + " b WHERE b.user_id = :user AND b.blocked_id > :after"
            + " ORDER BY b.user_id, b.blocked_id LIMIT :limit";
    this.blockers =
        "SELECT b.user_id FROM "
            + dialect.keyTable("k", USER_ID)
            + " JOIN "
            + tables.blocked()
            + " b ON b.user_id = k.user_id WHERE b.blocked_id = :blocked";
    this.insert = "INSERT INTO " + tables.blocked() + " (user_id, blocked_id) VALUES (?, ?)";
    this.delete = "DELETE FROM " + tables.blocked() + " WHERE user_id = ? AND blocked_id = ?";
  }

  /**
   * One user blocks another, or no longer.
   *
   * @param userId who
   * @param blockedId whom
   * @param on whether it is so
   */
  record Block(String userId, String blockedId, boolean on) {}

  /** Whether it is as the block says. */
  boolean isSo(Handle handle, Block block) {
    try (Query query = handle.createQuery(isThere)) {
      boolean there =
          query
              .bind(0, block.userId())
              .bind(1, block.blockedId())
              .mapTo(Integer.class)
              .findFirst()
              .isPresent();
      return there == block.on();
    }
  }

  void write(Connection connection, Block changed) throws SQLException {
    Rows.write(
        connection,
        changed.on() ? insert : delete,
        List.of(changed),
        (statement, block) -> {
          statement.setString(1, block.userId());
          statement.setString(2, block.blockedId());
        });
  }

  List<String> list(Handle handle, String userId, String afterUserId, int limit) {
    try (Query query = handle.createQuery(list)) {
      return query
          .bind("user", userId)
          .bind("after", afterUserId)
          .bind("limit", limit)
          .mapTo(String.class)
          .list();
    }
  }

  Set<String> blockers(Handle handle, String blockedId, Collection<String> amongIds) {
    Keys keys = new Keys(USER_ID);
    amongIds.forEach(keys::add);
    Set<String> found = new HashSet<>();
    for (Keys part : keys.parts(AT_ONCE)) {
      try (Query query = handle.createQuery(blockers)) {
        dialect.bindKeys(query, "k", part);
        query.bind("blocked", blockedId).mapTo(String.class).forEach(found::add);
      }
    }
    return found;
  }
}
