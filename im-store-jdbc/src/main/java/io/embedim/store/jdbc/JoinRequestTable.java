package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.KeyColumn.CONVERSATION_ID;
import static io.embedim.store.jdbc.KeyColumn.USER_ID;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.JoinRequest;
import io.embedim.spi.model.Member;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/** Who asks to be let into a group; one request of a user to a group at a time. */
final class JoinRequestTable {

  private static final String COLUMNS =
      "r.request_id, r.conversation_id, r.user_id, r.note, r.created_at, r.expires_at";

  /** How many of the oldest requests are looked at in search of those that have expired. */
  private static final int OLDEST = 100;

  private final Dialect dialect;
  private final String insert;
  private final String ofUser;
  private final String find;
  private final String list;
  private final String oldest;
  private final String delete;
  private final String idsOfUsers;

  JoinRequestTable(Dialect dialect, Tables tables) {
    this.dialect = dialect;
    String select = "SELECT " + COLUMNS + " FROM " + tables.joinRequest() + " r WHERE ";
    this.insert =
        "INSERT INTO "
            + tables.joinRequest()
            + " (request_id, conversation_id, user_id, note, created_at, expires_at)"
            + " VALUES (?, ?, ?, ?, ?, ?)";
    this.ofUser = select + "r.conversation_id = :id AND r.user_id = :user";
    this.find = select + "r.request_id = :request AND r.expires_at > :now";
    // The whole key stands in the order, so that the index gives it.
    this.list =
        select
            + "r.conversation_id = :id AND r.expires_at > :now"
            + " ORDER BY r.conversation_id, r.created_at, r.request_id LIMIT :limit";
    // Those who asked first expire first.
    this.oldest =
        "SELECT r.request_id, r.expires_at FROM "
            + tables.joinRequest()
            + " r WHERE r.conversation_id = :id"
            + " ORDER BY r.conversation_id, r.created_at, r.request_id LIMIT "
            + OLDEST;
    this.delete = "DELETE FROM " + tables.joinRequest() + " WHERE request_id = ?";
    this.idsOfUsers =
        "SELECT r.request_id FROM "
            + dialect.lookUp(
                dialect.keyTable("k", CONVERSATION_ID, USER_ID),
                tables.joinRequest(),
                "r",
                tables.joinRequestUser(),
                "r.conversation_id = k.conversation_id AND r.user_id = k.user_id");
  }

  /**
   * Keeps a request unless the user has an open one, and gives the one that is open then. Two at
   * once fail with a duplicate key.
   */
  JoinRequest open(Handle handle, JoinRequest request) throws SQLException {
    ConversationId id = ConversationId.group(request.groupId());
    Set<String> expiredIds = new LinkedHashSet<>();
    try (Query query = handle.createQuery(ofUser)) {
      Optional<JoinRequest> before =
          query
              .bind("id", id.value())
              .bind("user", request.userId())
              .map((row, context) -> read(row))
              .findFirst();
      if (before.isPresent() && before.get().expiresAt() > request.createdAt()) {
        return before.get();
      }
      before.ifPresent(expired -> expiredIds.add(expired.requestId()));
    }
    try (Query query = handle.createQuery(oldest)) {
      query
          .bind("id", id.value())
          .map((row, context) -> row.getLong(2) <= request.createdAt() ? row.getString(1) : "")
          .filter(requestId -> !requestId.isEmpty())
          .forEach(expiredIds::add);
    }
    delete(handle.getConnection(), expiredIds);
    Rows.write(
        handle.getConnection(),
        insert,
        List.of(request),
        (statement, row) -> {
          statement.setString(1, row.requestId());
          statement.setString(2, id.value());
          statement.setString(3, row.userId());
          statement.setString(4, row.note());
          statement.setLong(5, row.createdAt());
          statement.setLong(6, row.expiresAt());
        });
    return request;
  }

  /** An open request that has not expired. */
  Optional<JoinRequest> find(Handle handle, String requestId, long now) {
    try (Query query = handle.createQuery(find)) {
      return query
          .bind("request", requestId)
          .bind("now", now)
          .map((row, context) -> read(row))
          .findFirst();
    }
  }

  /** The open requests that have not expired, oldest first. */
  List<JoinRequest> list(Handle handle, ConversationId id, long now, int limit) {
    try (Query query = handle.createQuery(list)) {
      return query
          .bind("id", id.value())
          .bind("now", now)
          .bind("limit", limit)
          .map((row, context) -> read(row))
          .list();
    }
  }

  /** Closes a request; false when it was not open any more. */
  boolean close(Handle handle, String requestId, long now) {
    try (Update update = handle.createUpdate(delete + " AND expires_at > ?")) {
      return update.bind(0, requestId).bind(1, now).execute() > 0;
    }
  }

  /** Closes what these users asked for. Hardly any of them did, so that is looked up before. */
  void close(Handle handle, ConversationId id, Collection<Member> members) throws SQLException {
    Keys keys = new Keys(CONVERSATION_ID, USER_ID);
    members.forEach(member -> keys.add(id.value(), member.userId()));
    List<String> requestIds;
    try (Query query = handle.createQuery(idsOfUsers)) {
      dialect.bindKeys(query, "k", keys);
      requestIds = query.mapTo(String.class).list();
    }
    delete(handle.getConnection(), requestIds);
  }

  private void delete(Connection connection, Collection<String> requestIds) throws SQLException {
    Rows.write(
        connection,
        delete,
        requestIds,
        (statement, requestId) -> statement.setString(1, requestId));
  }

  private static JoinRequest read(ResultSet row) throws SQLException {
    return new JoinRequest(
        row.getString(1),
        new ConversationId(row.getString(2)).groupId(),
        row.getString(3),
        row.getString(4),
        row.getLong(5),
        row.getLong(6));
  }
}
