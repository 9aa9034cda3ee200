package io.embedim.store.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** PostgreSQL, 12 or later. */
final class PostgresDialect implements Dialect {

  private static final String SERIALIZATION_FAILURE = "40001";
  private static final String DEADLOCK = "40P01";
  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final String UNDEFINED_TABLE = "42P01";

  /**
   * Unique violation; and what one of two processes is told that create the same table at once, by
   * how far the other has come: duplicate table, or duplicate object, which is the table's row
   * type.
   */
  private static final Set<String> DUPLICATES = Set.of("23505", "42P07", "42710");

  @Override
  public String name() {
    return "PostgreSQL";
  }

  @Override
  public String migrationFolder() {
    return "postgresql";
  }

  @Override
  public String keyTable(String name, KeyColumn... columns) {
    return ArrayKeys.table(name, columns);
  }

  @Override
  public void bindKeys(SqlStatement<?> statement, String name, Keys keys) {
    ArrayKeys.bind(statement, name, keys);
  }

  /** A subquery with an offset stays one; a join might become a scan of the whole table. */
  @Override
  public String lookUp(String keyTable, String table, String name, String index, String condition) {
    return keyTable
        + " CROSS JOIN LATERAL (SELECT * FROM "
        + table
        + ' '
        + name
        + " WHERE "
        + condition
        + " OFFSET 0) "
        + name;
  }

  @Override
  public String update(String table, String name, String condition, KeyColumn... columns) {
    return "UPDATE "
        + table
        + ' '
        + name
        + Dialect.assignments("", columns)
        + " FROM "
        + keyTable("k", columns)
        + " WHERE "
        + condition;
  }

  /** Rows that are sorted first are locked in the order of the sorting. */
  @Override
  public String locking(String query, String table) {
    return "SELECT " + query + " FOR UPDATE OF " + table;
  }

  /** READ UNCOMMITTED is READ COMMITTED there. To ask for the level is a round trip. */
  @Override
  public boolean neverReadsUncommitted() {
    return true;
  }

  /** Whether a commit waits for the disk is for the server to say; the host is told. */
  @Override
  public <R> R durably(Connection connection, Work<R> transaction) throws SQLException {
    return transaction.run();
  }

  @Override
  public String durability(Connection connection) throws SQLException {
    List<String> off = new ArrayList<>();
    for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
      if (show(connection, setting).equals("off")) {
        off.add(setting);
      }
    }
    return off.isEmpty()
        ? "commits are forced to the disk"
        : "COMMITS MAY BE LOST when the machine fails: the server runs with "
            + String.join(", ", off)
            + " off";
  }

  @Override
  public boolean isConflict(SQLException failure) {
    String state = failure.getSQLState();
    return SERIALIZATION_FAILURE.equals(state)
        || DEADLOCK.equals(state)
        || LOCK_NOT_AVAILABLE.equals(state);
  }

  @Override
  public boolean isDuplicateKey(SQLException failure) {
    String state = failure.getSQLState();
    return state != null && DUPLICATES.contains(state);
  }

  @Override
  public boolean isMissingTable(SQLException failure) {
    return UNDEFINED_TABLE.equals(failure.getSQLState());
  }

  @Override
  public void useSchema(Connection connection, String schema) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET search_path TO " + schema);
    }
  }

  /** Our columns bring their own collation; only the encoding is the database's. */
  @Override
  public List<String> collationProblems(Handle handle, Tables tables) {
    String encoding = handle.createQuery("SHOW server_encoding").mapTo(String.class).one();
    return encoding.equals("UTF8")
        ? List.of()
        : List.of("its encoding is " + encoding + "; create the database with ENCODING 'UTF8'");
  }

  @Override
  public SearchIndex searchIndex() {
    return new PostgresSearchIndex();
  }

  @Override
  public MigrationLock migrationLock() {
    return new RowMigrationLock(this::isConflict);
  }

  private static String show(Connection connection, String setting) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SHOW " + setting)) {
      return result.next() ? result.getString(1) : "";
    }
  }
}
