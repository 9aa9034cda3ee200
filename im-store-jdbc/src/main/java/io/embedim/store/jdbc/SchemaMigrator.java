package io.embedim.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings our tables to the version that this library works with, or checks that they have it.
 *
 * <p>A script is noted before it runs and marked as successful after it, so that one which was
 * interrupted in the middle is recognised.
 */
final class SchemaMigrator {

  private static final Logger log = LoggerFactory.getLogger(SchemaMigrator.class);

  private final DataSource dataSource;
  private final Dialect dialect;
  private final Tables tables;
  private final List<MigrationScript> scripts;

  SchemaMigrator(
      DataSource dataSource, Dialect dialect, Tables tables, List<MigrationScript> scripts) {
    this.dataSource = dataSource;
    this.dialect = dialect;
    this.tables = tables;
    this.scripts = List.copyOf(scripts);
  }

  /**
   * Does what the mode says.
   *
   * @throws SchemaException when the tables are not fit for use, or not to be made so
   */
  void apply(SchemaMode mode) {
    try {
      switch (mode) {
        case MIGRATE -> migrate();
        case VALIDATE -> validate();
        case NONE -> log.debug("The tables are taken as they are");
      }
    } catch (SQLException | JdbiException e) {
      throw new SchemaException(
          "cannot "
              + (mode == SchemaMode.MIGRATE ? "migrate" : "validate")
              + " our tables: "
              + SqlFailures.reason(e),
          e);
    }
  }

  private void validate() throws SQLException {
    SchemaHistory history = history();
    history.check(scripts);
    List<MigrationScript> pending = history.pending(scripts);
    if (!pending.isEmpty()) {
      throw new SchemaException(
          "our tables are missing or too old; these scripts were not run according to "
              + tables.schemaHistory()
              + ": "
              + pending.stream()
                  .map(script -> script.version() + " (\"" + script.description() + "\")")
                  .collect(Collectors.joining(", "))
              + ". Open the stores with SchemaMode.MIGRATE, or run the scripts yourself and use"
              + " SchemaMode.NONE");
    }
  }

  private void migrate() throws SQLException {
    SchemaHistory before = history();
    if (before.isComplete(scripts)) {
      before.check(scripts);
      return;
    }
    createHistory();
    dialect
        .migrationLock()
        .whileHolding(
            dataSource,
            tables.schemaHistory(),
            connection -> {
              SchemaHistory history =
                  SchemaHistory.read(connection, dialect, tables.schemaHistory());
              history.check(scripts);
              // What is half on the disk when the process dies would be refused from then on.
              dialect.durably(
                  connection,
                  () -> {
                    List<MigrationScript> pending = history.pending(scripts);
                    for (MigrationScript script : pending) {
                      run(connection, script);
                    }
                    return pending.size();
                  });
            });
  }

  private SchemaHistory history() throws SQLException {
    try (Connection connection = dataSource.getConnection();
        ConnectionSettings settings = ConnectionSettings.ofStatements(connection, false)) {
      return SchemaHistory.read(connection, dialect, tables.schemaHistory());
    }
  }

  /** Creates the table of history with the row that is locked; several may do so at once. */
  private void createHistory() throws SQLException {
    try (Connection connection = dataSource.getConnection();
        ConnectionSettings settings = ConnectionSettings.ofStatements(connection, false)) {
      // PostgreSQL's IF NOT EXISTS does not see a table that somebody else is creating just now.
      unlessThere(() -> execute(connection, MigrationScript.history(dialect)));
      unlessThere(
          () ->
              update(
                  connection,
                  "INSERT INTO "
                      + tables.schemaHistory()
                      + " (version, description, checksum, installed_at, success)"
                      + " VALUES (0, 'locked while migrating', '', CURRENT_TIMESTAMP, TRUE)"));
    }
  }

  private void unlessThere(Creation creation) throws SQLException {
    try {
      creation.run();
    } catch (SQLException | JdbiException e) {
      if (!SqlFailures.any(e, dialect::isDuplicateKey)) {
        throw e;
      }
      log.debug("The table {} or its row of version 0 was there", tables.schemaHistory());
    }
  }

  private interface Creation {
    void run() throws SQLException;
  }

  private void run(Connection connection, MigrationScript script) throws SQLException {
    note(connection, script);
    try {
      execute(connection, script);
    } catch (JdbiException | SQLException e) {
      throw new SchemaException(
          "the migration of our tables to version "
              + script.version()
              + " (\""
              + script.description()
              + "\") failed half-way: "
              + SqlFailures.reason(e),
          e);
    }
    update(
        connection,
        "UPDATE " + tables.schemaHistory() + " SET success = TRUE WHERE version = ?",
        script.version());
    log.info("Migrated the tables {}* to version {}", tables.prefix(), script.version());
  }

  private void note(Connection connection, MigrationScript script) throws SQLException {
    update(
        connection,
        "INSERT INTO "
            + tables.schemaHistory()
            + " (version, description, checksum, installed_at, success)"
            + " VALUES (?, ?, ?, CURRENT_TIMESTAMP, FALSE)",
        script.version(),
        script.description(),
        script.checksum());
  }

  /** Runs a script in our schema, and leaves the connection in the schema that it came with. */
  private void execute(Connection connection, MigrationScript script) throws SQLException {
    String schema = tables.schema();
    @Nullable String former = connection.getSchema();
    if (schema != null) {
      dialect.useSchema(connection, schema);
    }
    try (Handle handle = Jdbi.create(connection).open()) {
      handle.createScript(script.withPrefix(tables.prefix())).executeAsSeparateStatements();
    } finally {
      if (schema != null) {
        connection.setSchema(former);
      }
    }
  }

  private static void update(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }
}
