package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.TestDrafts.ALICE_BOB;
import static io.embedim.store.jdbc.TestDrafts.NOW;
import static io.embedim.store.jdbc.TestDrafts.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.spi.model.ConversationHead;
import io.embedim.spi.model.ConversationSettings;
import io.embedim.spi.model.Cursors;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.MemberView;
import io.embedim.spi.store.AppendResult.Appended;
import io.embedim.spi.store.StoreException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What becomes of our tables, beside {@link SchemaRules}, where one database can speak for all. */
class SchemaMigrationTest {

  private static final Dialect H2 = new H2Dialect();

  private final String url = TestDatabase.lastingInMemory();
  private final DataSource dataSource = TestDatabase.dataSource(url);

  @Test
  void an_empty_database_gets_the_tables_and_their_history() throws SQLException {
    JdbcStores.create(dataSource).close();

    assertThat(tables())
        .containsExactlyInAnyOrder(
            "IM_CONVERSATION",
            "IM_MEMBER",
            "IM_MESSAGE",
            "IM_REVISION",
            "IM_REACTION",
            "IM_MESSAGE_DELETED",
            "IM_GROUP_INFO",
            "IM_JOIN_REQUEST",
            "IM_PIN",
            "IM_PAST_CONTENT",
            "IM_EXPIRING",
            "IM_SCHEDULED",
            "IM_BLOCKED",
            "IM_OUTBOX",
            "IM_LOCK",
            "IM_SCHEMA_HISTORY");
    assertThat(history("version || ' ' || description || ' ' || success"))
        .containsExactly(
            "0 locked while migrating TRUE",
            "1 conversation logs TRUE",
            "2 outbox TRUE",
            "3 groups TRUE",
            "4 search TRUE",
            "5 messages and contacts TRUE",
            "6 refused scheduled TRUE",
            "7 search behind the commit TRUE");
    assertThat(history("checksum").get(1)).matches("[0-9a-f]{64}");
    assertThat(history("installed_at > TIMESTAMP '2020-01-01 00:00:00'")).containsOnly("TRUE");
  }

  @Test
  void a_database_that_is_up_to_date_is_left_alone() throws SQLException {
    JdbcStores first = JdbcStores.create(dataSource);
    first.messages().append(List.of(text(ALICE_BOB, "alice", "m1")), NOW);
    first.close();
    List<String> before = history("version || ' ' || checksum || ' ' || installed_at");

    JdbcStores second = JdbcStores.create(dataSource);

    assertThat(history("version || ' ' || checksum || ' ' || installed_at")).isEqualTo(before);
    assertThat(second.messages().find(ALICE_BOB, "m1")).isPresent();
  }

  @Test
  void what_was_logged_before_there_were_groups_is_there_and_goes_on() throws SQLException {
    new SchemaMigrator(
            dataSource, H2, new Tables(null, "im_"), MigrationScript.of(H2).subList(0, 2))
        .apply(SchemaMode.MIGRATE);
    TestDatabase.execute(
        url,
        "INSERT INTO im_conversation VALUES ('alice:bob', 1, 1, 7, 1000, 0)",
        "INSERT INTO im_member VALUES ('alice:bob', 'alice', 0, NULL, 0, 0, NULL, FALSE, 1, 5, 6,"
            + " 0, NULL, TRUE, FALSE, NULL)");

    JdbcStores stores = JdbcStores.create(dataSource);

    assertThat(stores.conversations().memberViews("alice", List.of(ALICE_BOB)).get(ALICE_BOB))
        .isEqualTo(
            new MemberView(
                new ConversationHead(ALICE_BOB, 7, 1000),
                false,
                new Cursors(5, 6),
                1,
                new ConversationSettings(true, false, null, false, 0),
                0,
                null));
    assertThat(stores.messages().append(List.of(text(ALICE_BOB, "alice", "m8")), NOW))
        .singleElement()
        .isInstanceOfSatisfying(
            Appended.class, appended -> assertThat(appended.entry().seq()).isEqualTo(8));
  }

  @Test
  void what_was_pinned_and_what_will_expire_is_known_after_a_migration() throws SQLException {
    new SchemaMigrator(
            dataSource, H2, new Tables(null, "im_"), MigrationScript.of(H2).subList(0, 4))
        .apply(SchemaMode.MIGRATE);
    String message =
        "INSERT INTO im_message (conversation_id, seq, message_id, entry_type, sender_id,"
            + " created_at, content_type, body, plain_text, expires_in, expires_at, revoked,"
            + " pinned, reaction_kinds) VALUES ('alice:bob', %d, 'm%d', %d, 'alice', 1000, 1, '{}',"
            + " 'text', %d, %s, FALSE, %s, 0)";
    String revision =
        "INSERT INTO im_revision (conversation_id, seq, target_seq, target_message_id, emoji,"
            + " switched_on, max_allowed) VALUES ('alice:bob', %d, %d, 'm%d', %s, %s, 9)";
    TestDatabase.execute(
        url,
        "INSERT INTO im_conversation (id, conversation_type, membership_version, max_seq,"
            + " updated_at, pinned_messages) VALUES ('alice:bob', 1, 1, 8, 1000, 2)",
        message.formatted(1, 1, 1, 0, "NULL", "TRUE"),
        message.formatted(2, 2, 1, 5, "6000", "TRUE"),
        message.formatted(3, 3, 1, 0, "NULL", "FALSE"),
        revision.formatted(4, 1, 1, "NULL", "TRUE"),
        revision.formatted(5, 1, 1, "NULL", "FALSE"),
        revision.formatted(6, 2, 2, "NULL", "TRUE"),
        revision.formatted(7, 1, 1, "NULL", "TRUE"),
        revision.formatted(8, 1, 1, "'!'", "TRUE"));

    JdbcStores stores = JdbcStores.create(dataSource);

    assertThat(stores.messages().pinned(ALICE_BOB, 5_999))
        .extracting(LogEntry::seq)
        .containsExactly(1L, 2L);
    assertThat(TestDatabase.query(url, "SELECT pinned_by_seq FROM im_pin ORDER BY 1"))
        .containsExactly("6", "7");
    assertThat(stores.messages().purgeExpired(5_999, 9)).isZero();
    assertThat(stores.messages().purgeExpired(6_000, 9)).isEqualTo(1);
    assertThat(stores.messages().pinned(ALICE_BOB, 0))
        .extracting(LogEntry::seq)
        .containsExactly(1L);
  }

  @Test
  void the_tables_can_lie_in_another_schema() throws SQLException {
    TestDatabase.execute(url, "CREATE SCHEMA chat");

    JdbcStores stores = JdbcStores.builder().dataSource(dataSource).schema("chat").build();

    assertThat(stores.messages().append(List.of(text(ALICE_BOB, "alice", "m1")), NOW))
        .hasOnlyElementsOfType(Appended.class);
    assertThat(
            TestDatabase.query(
                url,
                "SELECT DISTINCT table_schema FROM INFORMATION_SCHEMA.TABLES"
                    + " WHERE table_name LIKE 'IM\\_%' ESCAPE '\\'"))
        .containsExactly("CHAT");
    assertThat(stores.describe()).contains("chat.im_*");
    JdbcStores.builder()
        .dataSource(dataSource)
        .schema("chat")
        .schemaMode(SchemaMode.VALIDATE)
        .build();
  }

  @Test
  void a_schema_that_does_not_exist_is_refused() {
    assertThatThrownBy(() -> JdbcStores.builder().dataSource(dataSource).schema("chat").build())
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining("CHAT")
        .hasMessageContaining("not found");
  }

  @Test
  void a_connection_keeps_the_schema_that_it_came_with() throws SQLException {
    TestDatabase.execute(url, "CREATE SCHEMA chat");
    List<String> schemas = new ArrayList<>();
    SpyDataSource spy = new SpyDataSource(dataSource);
    spy.looksAtReturned(connection -> schemas.add(connection.getSchema()));

    JdbcStores.builder().dataSource(spy).schema("chat").build();

    assertThat(schemas).isNotEmpty().containsOnly("PUBLIC");
  }

  @Test
  void validating_an_empty_database_fails_and_creates_nothing() throws SQLException {
    assertThatThrownBy(() -> open(SchemaMode.VALIDATE))
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining("1 (\"conversation logs\")")
        .hasMessageContaining("SchemaMode.MIGRATE");
    assertThat(tables()).isEmpty();
  }

  @Test
  void validating_what_was_migrated_succeeds() {
    JdbcStores.create(dataSource);

    assertThat(open(SchemaMode.VALIDATE).messages().find(ALICE_BOB, "m1")).isEmpty();
  }

  @Test
  void validating_tables_that_are_too_old_names_the_scripts_that_are_missing() throws SQLException {
    migrator(script(1, "CREATE TABLE ${prefix}a (x INT)")).apply(SchemaMode.MIGRATE);

    assertThatThrownBy(
            () ->
                migrator(
                        script(1, "CREATE TABLE ${prefix}a (x INT)"),
                        script(2, "CREATE TABLE ${prefix}b (x INT)"),
                        script(3, "CREATE TABLE ${prefix}c (x INT)"))
                    .apply(SchemaMode.VALIDATE))
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining("2 (\"script 2\"), 3 (\"script 3\")");
    assertThat(tables()).containsExactlyInAnyOrder("IM_A", "IM_SCHEMA_HISTORY");
  }

  @Test
  void an_older_database_gets_what_it_lacks() throws SQLException {
    MigrationScript first = script(1, "CREATE TABLE ${prefix}a (x INT)");
    migrator(first).apply(SchemaMode.MIGRATE);

    migrator(
            first, script(2, "CREATE TABLE ${prefix}b (x INT);\nINSERT INTO ${prefix}a VALUES (7)"))
        .apply(SchemaMode.MIGRATE);

    assertThat(tables()).containsExactlyInAnyOrder("IM_A", "IM_B", "IM_SCHEMA_HISTORY");
    assertThat(TestDatabase.query(url, "SELECT x FROM im_a")).containsExactly("7");
  }

  @Test
  void without_a_schema_mode_of_ours_the_tables_are_taken_as_they_are() throws SQLException {
    for (MigrationScript script : MigrationScript.of(H2)) {
      TestDatabase.execute(url, script.withPrefix("im_"));
    }

    JdbcStores stores = open(SchemaMode.NONE);

    assertThat(stores.messages().append(List.of(text(ALICE_BOB, "alice", "m1")), NOW))
        .hasOnlyElementsOfType(Appended.class);
    assertThat(tables()).doesNotContain("IM_SCHEMA_HISTORY");
  }

  @Test
  void a_missing_table_is_a_failure_of_the_store_when_nobody_looked() {
    JdbcStores stores = open(SchemaMode.NONE);

    assertThatThrownBy(() -> stores.messages().find(ALICE_BOB, "m1"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("IM_MESSAGE");
  }

  @Test
  void line_ends_do_not_change_a_checksum() {
    assertThat(script(1, "CREATE TABLE a (\r\n  x INT\r\n)").checksum())
        .isEqualTo(script(1, "CREATE TABLE a (\n  x INT\n)").checksum())
        .isNotEqualTo(script(1, "CREATE TABLE a (\n  y INT\n)").checksum());
  }

  @Test
  void migrating_with_a_single_connection_is_refused_with_the_reason() throws SQLException {
    SpyDataSource single = new SpyDataSource(dataSource);
    single.handsOutAtMost(1);

    assertThatThrownBy(() -> JdbcStores.create(single))
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining("no second connection");

    assertThat(tables()).containsExactly("IM_SCHEMA_HISTORY");
    JdbcStores.create(dataSource);
    assertThat(JdbcStores.create(single).describe()).contains("H2");
  }

  @Test
  void every_script_of_the_folder_is_known() throws Exception {
    URL folder = MigrationScript.class.getResource("migration/h2/schema_history.sql");
    try (Stream<Path> files = Files.list(Path.of(folder.toURI()).getParent())) {
      assertThat(files.map(file -> file.getFileName().toString()).filter(n -> n.startsWith("V")))
          .containsExactlyInAnyOrderElementsOf(MigrationScript.NAMES);
    }
    assertThat(MigrationScript.of(H2))
        .extracting(MigrationScript::version)
        .isSorted()
        .startsWith(1)
        .endsWith(MigrationScript.NAMES.size());
  }

  private JdbcStores open(SchemaMode mode) {
    return JdbcStores.builder().dataSource(dataSource).schemaMode(mode).build();
  }

  private SchemaMigrator migrator(MigrationScript... scripts) {
    return new SchemaMigrator(dataSource, H2, new Tables(null, "im_"), List.of(scripts));
  }

  private static MigrationScript script(int version, String sql) {
    return new MigrationScript(version, "script " + version, sql);
  }

  private List<String> tables() throws SQLException {
    return TestDatabase.query(
        url, "SELECT table_name FROM INFORMATION_SCHEMA.TABLES WHERE table_schema = 'PUBLIC'");
  }

  private List<String> history(String expression) throws SQLException {
    return TestDatabase.query(
        url, "SELECT " + expression + " FROM im_schema_history ORDER BY version");
  }
}
