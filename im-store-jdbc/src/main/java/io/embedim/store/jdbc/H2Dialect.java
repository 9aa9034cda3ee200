package io.embedim.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementCustomizers;

/** H2, in a file, in memory or behind its server. */
final class H2Dialect implements Dialect {

  private static final int DUPLICATE_KEY = 23505;
  private static final int DEADLOCK = 40001;
  private static final int TABLE_NOT_FOUND = 42102;
  private static final int TABLE_NOT_FOUND_WITH_CANDIDATES = 42103;
  private static final int TABLE_NOT_FOUND_DATABASE_EMPTY = 42104;
  private static final int LOCK_TIMEOUT = 50200;
  private static final int CONCURRENT_UPDATE = 90131;

  private final H2Durability durability = new H2Durability();

  @Override
  public String name() {
    return "H2";
  }

  @Override
  public String migrationFolder() {
    return "h2";
  }

  @Override
  public String keyTable(String name, KeyColumn... columns) {
    return ArrayKeys.table(name, columns);
  }

  @Override
  public void bindKeys(SqlStatement<?> statement, String name, Keys keys) {
    ArrayKeys.bind(statement, name, keys);
    // A server of H2 gives a hundred rows at a time, and takes a round trip for each hundred.
    statement.addCustomizer(StatementCustomizers.fetchSize(keys.size()));
  }

  @Override
  public String update(String table, String name, String condition, KeyColumn... columns) {
    return "MERGE INTO "
        + table
        + ' '
        + name
        + " USING "
        + keyTable("k", columns)
        + " ON "
        + condition
        + " WHEN MATCHED THEN UPDATE"
        + Dialect.assignments(name + '.', columns);
  }

  @Override
  public String locking(String query, String table) {
    return "SELECT " + query + " FOR UPDATE";
  }

  @Override
  public <R> R durably(Connection connection, Work<R> transaction) throws SQLException {
    return durability.flushOf(connection).durably(connection, transaction);
  }

  @Override
  public String durability(Connection connection) throws SQLException {
    return durability.flushOf(connection).description();
  }

  @Override
  public boolean isConflict(SQLException failure) {
    return switch (failure.getErrorCode()) {
      case DEADLOCK, LOCK_TIMEOUT, CONCURRENT_UPDATE -> true;
      default -> false;
    };
  }

  @Override
  public boolean computesInProcess() {
    return true;
  }

  @Override
  public boolean isDuplicateKey(SQLException failure) {
    return failure.getErrorCode() == DUPLICATE_KEY;
  }

  @Override
  public boolean isMissingTable(SQLException failure) {
    return switch (failure.getErrorCode()) {
      case TABLE_NOT_FOUND, TABLE_NOT_FOUND_WITH_CANDIDATES, TABLE_NOT_FOUND_DATABASE_EMPTY -> true;
      default -> false;
    };
  }

  @Override
  public void useSchema(Connection connection, String schema) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET SCHEMA " + schema);
    }
  }

  @Override
  public List<String> collationProblems(Handle handle, Tables tables) {
    List<String> problems = new ArrayList<>();
    handle
        .createQuery(
            "SELECT setting_value FROM INFORMATION_SCHEMA.SETTINGS"
                + " WHERE setting_name = 'COLLATION' AND setting_value <> 'OFF'")
        .mapTo(String.class)
        .findFirst()
        .ifPresent(
            collation ->
                problems.add(
                    "it compares text by the collation " + collation + "; use SET COLLATION OFF"));
    boolean ignoresCase =
        handle
            .createQuery(
                "SELECT COUNT(*) > 0 FROM INFORMATION_SCHEMA.COLUMNS"
                    + " WHERE UPPER(table_name) = UPPER(:table)"
                    + " AND data_type = 'VARCHAR_IGNORECASE'")
            .bind("table", tables.prefix() + "message")
            .mapTo(boolean.class)
            .one();
    if (ignoresCase) {
      problems.add(
          "the columns of "
              + tables.message()
              + " ignore case; create our tables anew after SET IGNORECASE FALSE");
    }
    return problems;
  }

  @Override
  public MigrationLock migrationLock() {
    return new RowMigrationLock(this::isConflict);
  }
}
