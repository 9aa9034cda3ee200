package io.embedim.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which scripts were run against a database, as its table of history says.
 *
 * @param table the name of that table
 * @param rows by version
 */
record SchemaHistory(String table, SortedMap<Integer, Row> rows) {

  /** A script that was run, or begun. */
  record Row(int version, String description, String checksum, boolean success) {}

  /** Reads the history; empty when there is no such table. */
  static SchemaHistory read(Connection connection, Dialect dialect, String table)
      throws SQLException {
    SortedMap<Integer, Row> rows = new TreeMap<>();
    try (PreparedStatement statement =
            connection.prepareStatement(
                "SELECT version, description, checksum, success FROM "
                    + table
                    + " WHERE version > 0");
        ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        Row row =
            new Row(
                result.getInt(1), result.getString(2), result.getString(3), result.getBoolean(4));
        rows.put(row.version(), row);
      }
    } catch (SQLException e) {
      if (!dialect.isMissingTable(e)) {
        throw e;
      }
    }
    return new SchemaHistory(table, rows);
  }

  /** The scripts that were not run yet, oldest first. */
  List<MigrationScript> pending(List<MigrationScript> scripts) {
    return scripts.stream().filter(script -> !rows.containsKey(script.version())).toList();
  }

  /** Whether nothing is left to be done; otherwise somebody may be about it right now. */
  boolean isComplete(List<MigrationScript> scripts) {
    return pending(scripts).isEmpty() && rows.values().stream().allMatch(Row::success);
  }

  /**
   * Checks that what was run is what we would have run.
   *
   * @throws SchemaException when it is not, with what to do about it
   */
  void check(List<MigrationScript> scripts) {
    int newest = scripts.get(scripts.size() - 1).version();
    for (Row row : rows.values()) {
      if (!row.success()) {
        throw new SchemaException(
            "the migration of our tables to version "
                + row.version()
                + " (\""
                + row.description()
                + "\") began and did not end: restore the database, or finish or undo by hand what"
                + " the script does and set or delete its row in "
                + table);
      }
      if (row.version() > newest) {
        throw new SchemaException(
            "the tables have version "
                + row.version()
                + ", this library knows versions up to "
                + newest
                + ": use the library that made them, or a newer one");
      }
    }
    for (MigrationScript script : scripts) {
      Row row = rows.get(script.version());
      if (row != null && !row.checksum().equals(script.checksum())) {
        throw new SchemaException(
            "the script of version "
                + script.version()
                + " (\""
                + script.description()
                + "\") is not the one that made the tables: "
                + table
                + " has the checksum "
                + row.checksum()
                + ", the library's script "
                + script.checksum());
      }
    }
  }
}
