package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.TestDrafts.ALICE_BOB;
import static io.embedim.store.jdbc.TestDrafts.NOW;
import static io.embedim.store.jdbc.TestDrafts.revision;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.Content;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.MessageOptions;
import io.embedim.spi.model.Revision;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.AppendResult.Appended;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is to leave the store is looked for in every column of every table. */
class EmptiedRowsTest {

  private final String url = TestDatabase.lastingInMemory();
  private final JdbcStores stores = TestDatabase.open(url);

  /** A message that was edited with its past kept, pinned and reacted to. */
  @BeforeEach
  void tell() throws SQLException {
    append(
        new EntryDraft(
            ALICE_BOB,
            EntryType.SINGLE_CHAT,
            "m1",
            "alice",
            content("a secret"),
            new MessageOptions(null, null, List.of("bob"), "{\"from\":\"a secret\"}", 10),
            null));
    append(revision(EntryType.PIN, "p1", new Revision.Pin("m1", true, 9)));
    append(revision(EntryType.REACTION, "x1", new Revision.React("m1", "secret", true, 9)));
    append(edit("e1", "second secret", true));
    append(edit("e2", "third secret", true));
    assertThat(tellTale()).hasSizeGreaterThan(4);
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @Test
  void a_purge_leaves_nothing() throws SQLException {
    assertThat(stores.messages().purgeExpired(NOW + 10_000, 9)).isEqualTo(1);

    assertThat(tellTale()).containsExactly("REVISION.EMOJI");
    for (String table : List.of("pin", "past_content", "expiring", "reaction")) {
      assertThat(TestDatabase.query(url, "SELECT COUNT(*) FROM im_" + table))
          .as(table)
          .containsExactly("0");
    }
    assertThat(TestDatabase.query(url, "SELECT pinned_messages FROM im_conversation"))
        .containsExactly("0");
  }

  @Test
  void a_revoke_leaves_only_where_it_was_forwarded_from() throws SQLException {
    append(revision(EntryType.REVOKE, "r1", new Revision.Revoke("m1")));

    assertThat(tellTale()).containsExactly("MESSAGE.FORWARDED_FROM", "REVISION.EMOJI");
    assertThat(TestDatabase.query(url, "SELECT COUNT(*) FROM im_pin")).containsExactly("0");
  }

  @Test
  void an_edit_that_keeps_nothing_leaves_nothing() throws SQLException {
    append(edit("e3", "harmless", false));

    assertThat(tellTale())
        .containsExactly("MESSAGE.FORWARDED_FROM", "REACTION.EMOJI", "REVISION.EMOJI");
  }

  /** The columns in which the word stands. */
  private List<String> tellTale() throws SQLException {
    List<String> found = new ArrayList<>();
    List<String> columns =
        TestDatabase.query(
            url,
            "SELECT table_name || '.' || column_name FROM INFORMATION_SCHEMA.COLUMNS"
                + " WHERE table_name LIKE 'IM!_%' ESCAPE '!' ORDER BY 1");
    assertThat(columns).hasSizeGreaterThan(50);
    for (String column : columns) {
      String table = column.substring(0, column.indexOf('.'));
      String name = column.substring(column.indexOf('.') + 1);
      String matches =
          "SELECT COUNT(*) FROM " + table + " WHERE CAST(" + name + " AS VARCHAR) LIKE '%secret%'";
      if (!TestDatabase.query(url, matches).equals(List.of("0"))) {
        found.add(column.substring("IM_".length()));
      }
    }
    return found;
  }

  private EntryDraft edit(String messageId, String text, boolean keepsPast) {
    return new EntryDraft(
        ALICE_BOB,
        EntryType.EDIT,
        messageId,
        "alice",
        content(text),
        MessageOptions.NONE,
        new Revision.Edit("m1", content(text), keepsPast));
  }

  private static EntryDraft revision(EntryType type, String messageId, Revision revision) {
    return TestDrafts.revision(ALICE_BOB, type, "alice", messageId, revision).draft();
  }

  private static Content content(String text) {
    return Content.text(text);
  }

  private void append(EntryDraft draft) {
    assertThat(stores.messages().append(List.of(new Append(draft, 1)), NOW))
        .hasOnlyElementsOfType(Appended.class);
  }
}
