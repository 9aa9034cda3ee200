package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.TestDrafts.ALICE_BOB;
import static io.embedim.store.jdbc.TestDrafts.NOW;
import static io.embedim.store.jdbc.TestDrafts.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.spi.store.AppendResult.Appended;
import io.embedim.spi.store.StoreException;
import io.embedim.testkit.contract.Race;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables that are not as they should be, and users who may not do what they should. */
abstract class SchemaRules {

  private static final List<SchemaMode> MODES_THAT_LOOK =
      List.of(SchemaMode.MIGRATE, SchemaMode.VALIDATE);

  private CrashDatabase database;
  private Connection keepsItOpen;

  /** A database in which there is nothing, with its owner as user. */
  abstract CrashDatabase empty() throws Exception;

  /** Somebody who may do this, and nothing else, with all tables that are there now. */
  abstract CrashDatabase userWhoMay(CrashDatabase owners, String rights) throws SQLException;

  /** What the database says to someone without a right. */
  abstract String denial();

  @BeforeEach
  void begin() throws Exception {
    database = empty();
    keepsItOpen = database.connect();
  }

  @AfterEach
  void end() throws SQLException {
    keepsItOpen.close();
  }

  @Test
  void a_version_from_the_future_is_refused_in_every_mode_that_looks() throws SQLException {
    open(SchemaMode.MIGRATE).close();
    int newest = MigrationScript.NAMES.size();
    database.execute(
        "INSERT INTO im_schema_history (version, description, checksum, installed_at, success)"
            + " VALUES (%d, 'from the future', '00', CURRENT_TIMESTAMP, TRUE)"
                .formatted(newest + 1));

    for (SchemaMode mode : MODES_THAT_LOOK) {
      assertThatThrownBy(() -> open(mode))
          .isInstanceOf(SchemaException.class)
          .hasMessage(
              "the tables have version %d, this library knows versions up to %d: use the library"
                  + " that made them, or a newer one",
              newest + 1, newest);
    }
  }

  @Test
  void a_script_that_was_changed_after_it_ran_is_refused() throws SQLException {
    open(SchemaMode.MIGRATE).close();
    database.execute("UPDATE im_schema_history SET checksum = 'abc' WHERE version = 1");

    for (SchemaMode mode : MODES_THAT_LOOK) {
      assertThatThrownBy(() -> open(mode))
          .isInstanceOf(SchemaException.class)
          .hasMessageContaining("the script of version 1 (\"conversation logs\") is not the one")
          .hasMessageContaining("im_schema_history has the checksum abc");
    }
  }

  @Test
  void a_migration_that_began_and_did_not_end_is_refused() throws SQLException {
    open(SchemaMode.MIGRATE).close();
    database.execute("UPDATE im_schema_history SET success = FALSE WHERE version = 1");

    for (SchemaMode mode : MODES_THAT_LOOK) {
      assertThatThrownBy(() -> open(mode))
          .isInstanceOf(SchemaException.class)
          .hasMessageStartingWith(
              "the migration of our tables to version 1 (\"conversation logs\") began and did not"
                  + " end: ")
          .hasMessageEndingWith("set or delete its row in im_schema_history");
    }
  }

  @Test
  void a_script_that_fails_half_way_is_not_taken_for_done_until_it_was_undone_by_hand()
      throws SQLException {
    MigrationScript broken = script("CREATE TABLE ${prefix}b (x NONSENSE)");
    MigrationScript mended = script("CREATE TABLE ${prefix}b (x INT)");

    assertThatThrownBy(() -> migrate(broken))
        .isInstanceOf(SchemaException.class)
        .hasMessageStartingWith(
            "the migration of our tables to version 1 (\"script\") failed half-way: ")
        .message()
        .containsIgnoringCase("nonsense");
    assertThat(database.query("SELECT x FROM im_a")).isEmpty();
    assertThatThrownBy(() -> migrate(mended))
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining("began and did not end");

    database.execute("DROP TABLE im_a", "DELETE FROM im_schema_history WHERE version = 1");
    migrate(mended);
    assertThat(database.query("SELECT x FROM im_b")).isEmpty();
  }

  @Test
  void a_user_who_may_not_create_tables_is_told_so() throws SQLException {
    CrashDatabase weak = userWhoMay(database, "SELECT, INSERT, UPDATE, DELETE");

    assertThatThrownBy(() -> weak.open(SchemaMode.MIGRATE))
        .isInstanceOf(SchemaException.class)
        .hasMessageStartingWith("cannot migrate our tables: ")
        .hasMessageContaining(denial());
  }

  @Test
  void a_user_who_may_not_create_tables_can_use_them() throws SQLException {
    open(SchemaMode.MIGRATE).close();
    CrashDatabase weak = userWhoMay(database, "SELECT, INSERT, UPDATE, DELETE");

    try (JdbcStores stores = weak.open(SchemaMode.MIGRATE)) {
      assertThat(stores.messages().append(List.of(text(ALICE_BOB, "alice", "m1")), NOW))
          .hasOnlyElementsOfType(Appended.class);
    }
  }

  @Test
  void a_user_who_may_not_read_is_told_so() throws SQLException {
    open(SchemaMode.MIGRATE).close();
    CrashDatabase weak = userWhoMay(database, "INSERT");

    assertThatThrownBy(() -> weak.open(SchemaMode.MIGRATE))
        .isInstanceOf(SchemaException.class)
        .hasMessageStartingWith("cannot migrate our tables: ")
        .hasMessageContaining(denial());
    assertThatThrownBy(() -> weak.open(SchemaMode.VALIDATE))
        .isInstanceOf(SchemaException.class)
        .hasMessageStartingWith("cannot validate our tables: ")
        .hasMessageContaining(denial());
  }

  @Test
  void a_user_who_may_only_read_is_told_so_when_she_writes() throws SQLException {
    open(SchemaMode.MIGRATE).close();
    CrashDatabase weak = userWhoMay(database, "SELECT");

    try (JdbcStores stores = weak.open(SchemaMode.MIGRATE)) {
      assertThat(stores.messages().find(ALICE_BOB, "m1")).isEmpty();
      assertThatThrownBy(
              () -> stores.messages().append(List.of(text(ALICE_BOB, "alice", "m1")), NOW))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(" database failed: ")
          .hasMessageContaining(denial());
    }
  }

  @Test
  void every_prefix_that_is_allowed_is_a_world_of_its_own() {
    List<String> prefixes =
        List.of("_", "X", "im_", "Two", "a1__", "select", "twenty_characters_in");
    for (String prefix : prefixes) {
      try (JdbcStores stores = open(prefix)) {
        assertThat(stores.messages().append(List.of(text(ALICE_BOB, "alice", "m1")), NOW))
            .hasOnlyElementsOfType(Appended.class);
        assertThat(stores.describe()).contains(", tables " + prefix + "*,");
      }
    }
    for (String prefix : prefixes) {
      JdbcStores.builder()
          .url(database.url(), database.user(), database.password())
          .tablePrefix(prefix)
          .schemaMode(SchemaMode.VALIDATE)
          .build()
          .close();
    }
  }

  /** Each round is a world of its own, in which all find nothing and begin at once. */
  @Test
  void processes_that_start_at_once_migrate_once() throws Exception {
    for (String prefix : List.of("a_", "b_", "c_", "d_", "e_")) {
      Callable<JdbcStores> opening = () -> open(prefix);

      List<JdbcStores> opened = Race.run(Collections.nCopies(6, opening));

      for (JdbcStores stores : opened) {
        try (stores) {
          assertThat(stores.messages().find(ALICE_BOB, "m1")).isEmpty();
        }
      }
      assertThat(
              database.query(
                  "SELECT version FROM " + prefix + "schema_history WHERE success ORDER BY 1"))
          .containsExactly("0", "1", "2", "3", "4", "5", "6", "7");
      assertThat(database.query("SELECT task FROM " + prefix + "lock ORDER BY 1"))
          .containsExactly("outbox", "schedule");
    }
  }

  private JdbcStores open(SchemaMode mode) {
    return database.open(mode);
  }

  private JdbcStores open(String prefix) {
    return JdbcStores.builder()
        .url(database.url(), database.user(), database.password())
        .tablePrefix(prefix)
        .build();
  }

  private void migrate(MigrationScript script) throws SQLException {
    new SchemaMigrator(
            database.dataSource(),
            Dialects.of(keepsItOpen),
            new Tables(null, "im_"),
            List.of(script))
        .apply(SchemaMode.MIGRATE);
  }

  /** A script whose first statement succeeds. */
  private static MigrationScript script(String secondStatement) {
    return new MigrationScript(1, "script", "CREATE TABLE ${prefix}a (x INT);\n" + secondStatement);
  }
}
