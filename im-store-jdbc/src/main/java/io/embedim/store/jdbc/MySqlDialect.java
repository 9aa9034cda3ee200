package io.embedim.store.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** MariaDB, 10.6 or later, and MySQL, 8.0 or later, with InnoDB. */
final class MySqlDialect implements Dialect {

  private static final int CHANGED_SINCE_READ = 1020;
  private static final int DUPLICATE_KEY = 1062;
  private static final int TABLE_NOT_FOUND = 1146;
  private static final int LOCK_WAIT_TIMEOUT = 1205;
  private static final int DEADLOCK = 1213;

  private final String name;

  MySqlDialect(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String migrationFolder() {
    return "mysql";
  }

  @Override
  public String keyTable(String name, KeyColumn... columns) {
    return JsonKeys.table(name, columns);
  }

  @Override
  public void bindKeys(SqlStatement<?> statement, String name, Keys keys) {
    JsonKeys.bind(statement, name, keys);
  }

  @Override
  public String byIndex(String index) {
    return " FORCE INDEX (" + index + ')';
  }

  @Override
  public String lookUp(String keyTable, String table, String name, String index, String condition) {
    return keyTable + " STRAIGHT_JOIN " + table + ' ' + name + byIndex(index) + " ON " + condition;
  }

  /** By the primary key, because every row that is looked at is locked. */
  @Override
  public String update(String table, String name, String condition, KeyColumn... columns) {
    return "UPDATE "
        + lookUp(keyTable("k", columns), table, name, PRIMARY_KEY, condition)
        + Dialect.assignments(name + '.', columns);
  }

  /**
   * One query for each key, in one statement: a range of an index that depends on another row is
   * not searched for but filtered out of everything that the conversation has.
   */
  @Override
  public Query numbers(Handle handle, String numbers, Keys keys) {
    String id = "k." + keys.columns().get(0).columnName();
    List<String> queries = new ArrayList<>();
    for (int row = 0; row < keys.size(); row++) {
      String query = "SELECT " + id + ", " + numbers;
      for (KeyColumn column : keys.columns()) {
        query = query.replace("k." + column.columnName(), ":k_" + row + '_' + column.columnName());
      }
      queries.add(query);
    }
    Query query = handle.createQuery(String.join(" UNION ALL ", queries));
    for (KeyColumn column : keys.columns()) {
      @Nullable Object[] values = keys.values(keys.columns().indexOf(column));
      for (int row = 0; row < values.length; row++) {
        query.bind("k_" + row + '_' + column.columnName(), values[row]);
      }
    }
    return query;
  }

  /**
   * Rows are locked as they are read, also those that are then found not to match; so they must be
   * read by their keys, in the order of the key table, whatever the optimizer would rather do.
   */
  @Override
  public String locking(String query, String table) {
    return "SELECT STRAIGHT_JOIN " + query + " FOR UPDATE";
  }

  /** Whether a commit waits for the disk is for the server to say; the host is told. */
  @Override
  public <R> R durably(Connection connection, Work<R> transaction) throws SQLException {
    return transaction.run();
  }

  @Override
  public String durability(Connection connection) throws SQLException {
    List<String> loose = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT @@innodb_flush_log_at_trx_commit, @@log_bin, @@sync_binlog")) {
      if (result.next()) {
        if (result.getInt(1) != 1) {
          loose.add("innodb_flush_log_at_trx_commit=" + result.getInt(1));
        }
        if (result.getBoolean(2) && result.getInt(3) != 1) {
          loose.add("sync_binlog=" + result.getInt(3));
        }
      }
    }
    return loose.isEmpty()
        ? "commits are forced to the disk"
        : "COMMITS MAY BE LOST when the machine fails: the server runs with "
            + String.join(", ", loose);
  }

  @Override
  public boolean isConflict(SQLException failure) {
    return switch (failure.getErrorCode()) {
      case CHANGED_SINCE_READ, LOCK_WAIT_TIMEOUT, DEADLOCK -> true;
      default -> false;
    };
  }

  @Override
  public boolean isDuplicateKey(SQLException failure) {
    return failure.getErrorCode() == DUPLICATE_KEY;
  }

  @Override
  public boolean isMissingTable(SQLException failure) {
    return failure.getErrorCode() == TABLE_NOT_FOUND;
  }

  @Override
  public void useSchema(Connection connection, String schema) throws SQLException {
    connection.setCatalog(schema);
  }

  /** Our columns bring their own collation, whatever the database's is. */
  @Override
  public List<String> collationProblems(Handle handle, Tables tables) {
    return List.of();
  }

  @Override
  public SearchIndex searchIndex() {
    return new MySqlSearchIndex();
  }

  @Override
  public MigrationLock migrationLock() {
    return new RowMigrationLock(this::isConflict);
  }
}
