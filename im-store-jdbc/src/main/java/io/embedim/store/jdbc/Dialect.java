package io.embedim.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * What differs from one database to the next. Everything else is written once, in SQL that all of
 * them understand.
 *
 * <p>Safe for use by many threads.
 */
interface Dialect {

  /** What the index of a primary key is called where indexes have to be named. */
  String PRIMARY_KEY = "PRIMARY";

  /** What the database is called, for messages. */
  String name();

  /** The folder of the migration scripts, below {@code io/embedim/store/jdbc/migration}. */
  String migrationFolder();

  /**
   * SQL for a table of keys with this name, to stand in a FROM clause and to be joined with. Its
   * rows are those that {@link #bindKeys} gives.
   */
  String keyTable(String name, KeyColumn... columns);

  /** Binds the rows of the {@link #keyTable} of this name. */
  void bindKeys(SqlStatement<?> statement, String name, Keys keys);

  /**
   * SQL that finds rows of a table by keys which one of its indexes has in full, to stand in a FROM
   * clause. The index is asked for each key, whatever the optimizer would rather do: what it knows
   * about a log may be from the time when the log was short.
   *
   * @param keyTable a {@link #keyTable}
   * @param table the table
   * @param name what the query calls the table
   * @param index what the index is called
   * @param condition says which rows of the two belong together
   */
  default String lookUp(
      String keyTable, String table, String name, String index, String condition) {
    return keyTable + " JOIN " + table + ' ' + name + " ON " + condition;
  }

  /**
   * SQL that updates those rows of a table which keys name by the table's whole primary key, for
   * {@link Rows#update}. The keys' table is called {@code k}. A column of the keys that is called
   * {@code new_x} has what becomes of the table's column {@code x}; the others are the primary key.
   *
   * @param name what the statement calls the table
   * @param condition says which rows of the two belong together
   */
  String update(String table, String name, String condition, KeyColumn... columns);

  /** Assignments for {@link #update}: each new value to its column. */
  static String assignments(String qualifier, KeyColumn... columns) {
    return Arrays.stream(columns)
        .map(KeyColumn::columnName)
        .filter(column -> column.startsWith(KeyColumn.NEW))
        .map(column -> qualifier + column.substring(KeyColumn.NEW.length()) + " = k." + column)
        .collect(Collectors.joining(", ", " SET ", ""));
  }

  /**
   * What follows a table in a FROM clause, so that its rows are found by this index; empty where
   * the optimizer does so by itself.
   */
  default String byIndex(String index) {
    return "";
  }

  /**
   * A query for the first column of each row of a list of keys, and numbers that belong to it, with
   * one search in an index for each.
   *
   * @param numbers SQL for the numbers, with commas between them; {@code k.column} is the row's
   *     column of that name
   */
  default Query numbers(Handle handle, String numbers, Keys keys) {
    KeyColumn[] columns = keys.columns().toArray(KeyColumn[]::new);
    Query query =
        handle.createQuery(
            "SELECT k."
                + columns[0].columnName()
                + ", "
                + numbers
                + " FROM "
                + keyTable("k", columns));
    bindKeys(query, "k", keys);
    return query;
  }

  /**
   * SQL for a query that locks the rows of one table until the transaction ends, in the order of
   * its key table.
   *
   * @param query what follows SELECT
   * @param table what the query calls the table
   */
  String locking(String query, String table);

  /**
   * Whether a statement that commits for itself sees the same at every isolation level: what was
   * committed when it began.
   */
  default boolean neverReadsUncommitted() {
    return false;
  }

  /** Whether statements are worked on by the thread that runs them, at least in part. */
  default boolean computesInProcess() {
    return false;
  }

  /**
   * Runs a transaction, its commit included, and makes durable what was committed; returns only
   * when it is.
   *
   * @throws SQLException also when commits on this connection would not be durable
   */
  <R> R durably(Connection connection, Work<R> transaction) throws SQLException;

  /** What is done with a connection. */
  @FunctionalInterface
  interface Work<R> {
    R run() throws SQLException;
  }

  /** What survives what, in a few words for the log. */
  String durability(Connection connection) throws SQLException;

  /**
   * Whether the transaction failed for no other reason than that others ran beside it, so that it
   * is worth another try: a deadlock, a serialization failure, a lock that was not to be had.
   */
  boolean isConflict(SQLException failure);

  /** Whether a row with that key was there already. */
  boolean isDuplicateKey(SQLException failure);

  /** Whether a table that the statement names does not exist. */
  boolean isMissingTable(SQLException failure);

  /** Lets unqualified names mean this schema, until {@link Connection#setSchema} says otherwise. */
  void useSchema(Connection connection, String schema) throws SQLException;

  /**
   * Checks that the database compares our identifiers character by character.
   *
   * @return what is wrong with it, for people; empty when nothing is
   */
  List<String> collationProblems(Handle handle, Tables tables);

  /** The full text index; null where there is none and messages are searched by reading them. */
  default @Nullable SearchIndex searchIndex() {
    return null;
  }

  /** How two processes that start at once are kept from migrating at once. */
  MigrationLock migrationLock();
}
