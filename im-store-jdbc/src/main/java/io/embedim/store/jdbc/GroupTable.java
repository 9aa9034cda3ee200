package io.embedim.store.jdbc;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.Group;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** What groups are. A row is written under the lock on the row of the group's conversation. */
final class GroupTable {

  /** The ids of all groups' conversations, and no others, lie between these two. */
  private static final String BEFORE_ALL = "group:";

  private static final String BEHIND_ALL = "group;";

  private static final String COLUMNS =
      "g.conversation_id, g.group_name, g.avatar, g.announcement, g.description, g.max_members,"
          + " g.join_mode, g.past_visible, g.owner_id, g.member_count, c.all_muted, c.active,"
          + " g.created_at, g.updated_at";

  private final String insert;
  private final String update;
  private final String find;
  private final String ofUser;

  GroupTable(Dialect dialect, Tables tables) {
    this.insert =
        "INSERT INTO "
            + tables.groupInfo()
            + " (group_name, avatar, announcement, description, max_members, join_mode,"
            + " past_visible, owner_id, member_count, updated_at, conversation_id, created_at)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    this.update =
        "UPDATE "
            + tables.groupInfo()
            + " SET group_name = ?, avatar = ?, announcement = ?, description = ?,"
            + " max_members = ?, join_mode = ?, past_visible = ?, owner_id = ?, member_count = ?,"
            + " updated_at = ? WHERE conversation_id = ?";
    String joined =
        tables.groupInfo() + " g JOIN " + tables.conversation() + " c ON c.id = g.conversation_id";
    this.find = "SELECT " + COLUMNS + " FROM " + joined + " WHERE g.conversation_id = :id";
    // The whole key stands in the order, so that the index gives it.
    this.ofUser =
        "SELECT "
            + COLUMNS
            + " FROM "
            + dialect.lookUp(
                dialect.lookUp(
                    tables.member() + " m" + dialect.byIndex(tables.memberUser()),
                    tables.groupInfo(),
                    "g",
                    Dialect.PRIMARY_KEY,
                    "g.conversation_id = m.conversation_id"),
                tables.conversation(),
                "c",
                Dialect.PRIMARY_KEY,
                "c.id = m.conversation_id")
            + " WHERE m.user_id = :user"
            + " AND m.conversation_id > :after AND m.conversation_id < '"
            + BEHIND_ALL
            + "' AND NOT m.former AND c.active ORDER BY m.user_id, m.conversation_id LIMIT :limit";
  }

  void insert(Connection connection, Group group) throws SQLException {
    Rows.write(
        connection,
        insert,
        List.of(group),
        (statement, row) -> {
          bind(statement, row);
          statement.setLong(12, row.createdAt());
        });
  }

  void update(Connection connection, Group group) throws SQLException {
    Rows.write(connection, update, List.of(group), GroupTable::bind);
  }

  Optional<Group> find(Handle handle, ConversationId id) {
    try (Query query = handle.createQuery(find)) {
      return query.bind("id", id.value()).map((row, context) -> read(row)).findFirst();
    }
  }

  /** The groups that a user belongs to, by id, without the dismissed ones. */
  List<Group> ofUser(Handle handle, String userId, String afterGroupId, int limit) {
    try (Query query = handle.createQuery(ofUser)) {
      return query
          .bind("user", userId)
          .bind("after", BEFORE_ALL + afterGroupId)
          .bind("limit", limit)
          .map((row, context) -> read(row))
          .list();
    }
  }

  private static void bind(PreparedStatement statement, Group group) throws SQLException {
    Group.Info info = group.info();
    statement.setString(1, info.name());
    statement.setString(2, info.avatar());
    statement.setString(3, info.announcement());
    statement.setString(4, info.description());
    statement.setInt(5, info.maxMembers());
    statement.setInt(6, info.joinMode().code());
    statement.setBoolean(7, info.pastVisible());
    statement.setString(8, group.ownerId());
    statement.setInt(9, group.memberCount());
    statement.setLong(10, group.updatedAt());
    statement.setString(11, ConversationId.group(group.groupId()).value());
  }

  private static Group read(ResultSet row) throws SQLException {
    Group.Info info =
        new Group.Info(
            row.getString(2),
            row.getString(3),
            row.getString(4),
            row.getString(5),
            row.getInt(6),
            Group.JoinMode.ofCode(row.getInt(7)),
            row.getBoolean(8));
    return new Group(
        new ConversationId(row.getString(1)).groupId(),
        info,
        row.getString(9),
        row.getInt(10),
        row.getBoolean(11),
        !row.getBoolean(12),
        row.getLong(13),
        row.getLong(14));
  }
}
