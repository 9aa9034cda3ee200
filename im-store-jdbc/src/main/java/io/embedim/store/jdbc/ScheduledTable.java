package io.embedim.store.jdbc;

import io.embedim.spi.store.ScheduleStore.Scheduled;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/** Messages to be sent later. */
final class ScheduledTable {

  private static final String COLUMNS = DraftColumns.NAMES + ", schedule_id, send_at, refused";

  private final String lock;
  private final String insert;
  private final String find;
  private final String count;
  private final String pending;
  private final String anyDue;
  private final String due;
  private final String lease;
  private final String refuse;
  private final String cancel;
  private final String delete;

  ScheduledTable(Dialect dialect, Tables tables) {
    String table = tables.scheduled();
    String isDue = " WHERE s.refused = '' AND s.send_at <= :now AND s.lease_until <= :now";
    this.lock = "SELECT task FROM " + tables.lock() + " WHERE task = 'schedule' FOR UPDATE";
    this.insert =
        "INSERT INTO "
            + table
            + " ("
            + COLUMNS
            + ", lease_until) VALUES ("
            + "?, ".repeat(DraftColumns.COUNT + 2)
            + "'', 0)";
    this.find = "SELECT " + COLUMNS + " FROM " + table + " WHERE schedule_id = :id";
    String ofUser = " FROM " + table + " s" + dialect.byIndex(tables.scheduledUser());
    this.count = "SELECT COUNT(*)" + ofUser + " WHERE s.sender_id = :user";
    // The whole key stands in the order, so that the index gives it.
    this.pending =
        "SELECT "
            + COLUMNS
            + ofUser
            + " WHERE s.sender_id = :user AND s.lease_until = 0"
            + " ORDER BY s.sender_id, s.send_at, s.schedule_id LIMIT :limit";
    String byTime = " FROM " + table + " s" + dialect.byIndex(tables.scheduledDue()) + isDue;
    this.anyDue = "SELECT 1" + byTime + " LIMIT 1";
    this.due =
        "SELECT " + COLUMNS + byTime + " ORDER BY s.refused, s.send_at, s.schedule_id LIMIT :limit";
    this.lease = "UPDATE " + table + " SET lease_until = ? WHERE schedule_id = ?";
    // Nobody claims it any more, so its user may take it away again.
    this.refuse =
        "UPDATE " + table + " SET refused = :reason, lease_until = 0 WHERE schedule_id = :id";
    this.cancel =
        "DELETE FROM "
            + table
            + " WHERE schedule_id = :id AND sender_id = :user AND lease_until = 0";
    this.delete = "DELETE FROM " + table + " WHERE schedule_id = ?";
  }

  /** Keeps everybody else who takes this lock out until the transaction ends. */
  void lock(Handle handle) {
    try (Query query = handle.createQuery(lock)) {
      query.mapTo(String.class).one();
    }
  }

  void insert(Connection connection, Scheduled message) throws SQLException {
    Rows.write(
        connection,
        insert,
        List.of(message),
        (statement, row) -> {
          DraftColumns.bind(statement, row.draft());
          statement.setString(DraftColumns.COUNT + 1, row.scheduleId());
          statement.setLong(DraftColumns.COUNT + 2, row.sendAt());
        });
  }

  Optional<Scheduled> find(Handle handle, String scheduleId) {
    try (Query query = handle.createQuery(find)) {
      return query.bind("id", scheduleId).map((row, context) -> read(row)).findFirst();
    }
  }

  /** How many messages a user has here, claimed ones included. */
  int count(Handle handle, String userId) {
    try (Query query = handle.createQuery(count)) {
      return query.bind("user", userId).mapTo(Integer.class).one();
    }
  }

  /** Those of a user that were never claimed, or were refused, by time. */
  List<Scheduled> pending(Handle handle, String userId, int limit) {
    try (Query query = handle.createQuery(pending)) {
      return query
          .bind("user", userId)
          .bind("limit", limit)
          .map((row, context) -> read(row))
          .list();
    }
  }

  boolean isAnyDue(Handle handle, long now) {
    try (Query query = handle.createQuery(anyDue)) {
      return query.bind("now", now).mapTo(Integer.class).findFirst().isPresent();
    }
  }

  /** What is due and in nobody's hands, the longest overdue first. */
  List<Scheduled> due(Handle handle, long now, int limit) {
    try (Query query = handle.createQuery(due)) {
      return query.bind("now", now).bind("limit", limit).map((row, context) -> read(row)).list();
    }
  }

  void lease(Connection connection, Collection<Scheduled> claimed, long until) throws SQLException {
    Rows.write(
        connection,
        lease,
        claimed,
        (statement, message) -> {
          statement.setLong(1, until);
          statement.setString(2, message.scheduleId());
        });
  }

  /** Deletes a message of this user that was never claimed, or refused; false without one. */
  boolean cancel(Handle handle, String userId, String scheduleId) {
    try (Update update = handle.createUpdate(cancel)) {
      return update.bind("id", scheduleId).bind("user", userId).execute() > 0;
    }
  }

  void delete(Connection connection, Collection<String> scheduleIds) throws SQLException {
    Rows.write(connection, delete, scheduleIds, (statement, id) -> statement.setString(1, id));
  }

  int refuse(Handle handle, String scheduleId, String reason) {
    try (Update update = handle.createUpdate(refuse)) {
      return update.bind("id", scheduleId).bind("reason", reason).execute();
    }
  }

  private static Scheduled read(ResultSet row) throws SQLException {
    String refused = row.getString(DraftColumns.COUNT + 3);
    return new Scheduled(
        row.getString(DraftColumns.COUNT + 1),
        DraftColumns.read(row),
        row.getLong(DraftColumns.COUNT + 2),
        refused.isEmpty() ? null : refused);
  }
}
