package io.embedim.examples.server.account;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/**
 * The table of users and password hashes, beside the engine's own tables. Its statements are those
 * that every database understands.
 */
public final class AccountTable {

  /** Ids in one query at most: databases limit the parameters of a statement. */
  private static final int QUERY_SIZE = 200;

  /** SQLSTATE class 23: a constraint, here the primary key, was violated. */
  private static final String CONSTRAINT_VIOLATED = "23";

  private final DataSource dataSource;
  private final String name;

  /**
   * @param tablePrefix what the engine's tables begin with, already checked: it becomes part of
   *     statements
   */
  public AccountTable(DataSource dataSource, String tablePrefix) {
    this.dataSource = dataSource;
    this.name = tablePrefix + "example_account";
  }

  /** Makes the table when it is not there. */
  public void create() throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE IF NOT EXISTS "
              + name
              + " (user_id VARCHAR(64) NOT NULL PRIMARY KEY,"
              + " password_hash VARCHAR(100) NOT NULL,"
              + " created_at BIGINT NOT NULL)");
    }
  }

  /**
   * Adds a user.
   *
   * @param now in ms since the epoch
   * @return false when there already is one with this id
   */
  boolean insert(String userId, String passwordHash, long now) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "INSERT INTO " + name + " (user_id, password_hash, created_at) VALUES (?, ?, ?)")) {
      statement.setString(1, userId);
      statement.setString(2, passwordHash);
      statement.setLong(3, now);
      statement.executeUpdate();
      return true;
    } catch (SQLException e) {
      if (e.getSQLState() != null && e.getSQLState().startsWith(CONSTRAINT_VIOLATED)) {
        return false;
      }
      throw e;
    }
  }

  Optional<String> passwordHash(String userId) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT user_id, password_hash FROM " + name + " WHERE user_id = ?")) {
      statement.setString(1, userId);
      try (ResultSet row = statement.executeQuery()) {
        // A database that takes Alice for alice would give one user's account to the other.
        return row.next() && row.getString(1).equals(userId)
            ? Optional.of(row.getString(2))
            : Optional.empty();
      }
    }
  }

  Set<String> existing(Collection<String> userIds) throws SQLException {
    Set<String> found = new HashSet<>();
    List<String> ids = new ArrayList<>(new HashSet<>(userIds));
    try (Connection connection = dataSource.getConnection()) {
      for (int from = 0; from < ids.size(); from += QUERY_SIZE) {
        addExisting(connection, ids.subList(from, Math.min(from + QUERY_SIZE, ids.size())), found);
      }
    }
    found.retainAll(ids);
    return found;
  }

  private void addExisting(Connection connection, List<String> ids, Set<String> found)
      throws SQLException {
    String marks = String.join(", ", Collections.nCopies(ids.size(), "?"));
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT user_id FROM " + name + " WHERE user_id IN (" + marks + ")")) {
      for (int i = 0; i < ids.size(); i++) {
        statement.setString(i + 1, ids.get(i));
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
    }
  }
}
