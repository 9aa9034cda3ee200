package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.KeyColumn.CONVERSATION_ID;
import static io.embedim.store.jdbc.KeyColumn.SEQ;

import io.embedim.spi.model.Content;
import io.embedim.spi.model.ContentType;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.Revision;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** What entries do to earlier ones. */
final class RevisionTable {

  private final Dialect dialect;
  private final String select;
  private final String insert;
  private final String scrub;

  RevisionTable(Dialect dialect, Tables tables) {
    this.dialect = dialect;
    this.select =
        "SELECT r.conversation_id, r.seq, r.target_message_id, r.emoji, r.switched_on,"
            + " r.max_allowed, r.replacement_type, r.replacement_body, r.replacement_text,"
            + " m.entry_type, r.target_seq FROM "
            + dialect.lookUp(
                dialect.keyTable("k", CONVERSATION_ID, SEQ),
                tables.revision(),
                "r",
                Dialect.PRIMARY_KEY,
                "r.conversation_id = k.conversation_id AND r.seq = k.seq")
            + " JOIN "
            + tables.message()
            + " m ON m.conversation_id = k.conversation_id AND m.seq = k.seq";
    this.insert =
        "INSERT INTO "
            + tables.revision()
            + " (conversation_id, seq, target_seq, target_message_id, emoji, switched_on,"
            + " max_allowed, replacement_type, replacement_body, replacement_text)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    this.scrub =
        "UPDATE "
            + tables.revision()
            + " SET replacement_type = ?, replacement_body = ?, replacement_text = ?"
            + " WHERE conversation_id = ? AND target_seq = ? AND replacement_type IS NOT NULL";
  }

  /** A revision, and the position of the message that it is about. */
  record Stored(Revision revision, long targetSeq) {}

  /** The revisions of these entries, in one round trip. */
  Map<EntryPlace, Stored> load(Handle handle, List<EntryPlace> places) {
    Keys keys = new Keys(CONVERSATION_ID, SEQ);
    places.forEach(place -> keys.add(place.conversationId().value(), place.seq()));
    Map<EntryPlace, Stored> revisions = new HashMap<>();
    try (Query query = handle.createQuery(select)) {
      dialect.bindKeys(query, "k", keys);
      query
          .map((row, context) -> Map.entry(place(row), new Stored(revision(row), row.getLong(11))))
          .forEach(entry -> revisions.put(entry.getKey(), entry.getValue()));
    }
    return revisions;
  }

  void insert(Connection connection, Collection<LoggedEntry> entries) throws SQLException {
    Rows.write(connection, insert, entries, RevisionTable::bind);
  }

  /** Lets the entries that edited these messages say what they say from now on. */
  void scrubEdits(Connection connection, Collection<LoggedEntry> forgotten) throws SQLException {
    Rows.write(
        connection,
        scrub,
        forgotten,
        (statement, target) -> {
          Content replacement = target.editsSay().replacement();
          statement.setInt(1, replacement.type().code());
          statement.setString(2, replacement.body());
          statement.setString(3, replacement.plainText());
          statement.setString(4, target.conversationId().value());
          statement.setLong(5, target.seq());
        });
  }

  private static EntryPlace place(ResultSet row) throws SQLException {
    return new EntryPlace(new ConversationId(row.getString(1)), row.getLong(2));
  }

  private static Revision revision(ResultSet row) throws SQLException {
    String target = row.getString(3);
    EntryType type = EntryType.ofCode(row.getInt(10));
    return switch (type) {
      case REVOKE -> new Revision.Revoke(target);
      case EDIT ->
          new Revision.Edit(
              target,
              new Content(ContentType.ofCode(row.getInt(7)), row.getString(8), row.getString(9)),
              row.getBoolean(5));
      case REACTION ->
          new Revision.React(target, row.getString(4), row.getBoolean(5), row.getInt(6));
      case PIN -> new Revision.Pin(target, row.getBoolean(5), row.getInt(6));
      default -> throw new SQLException("an entry of the type " + type + " has a revision");
    };
  }

  private static void bind(PreparedStatement statement, LoggedEntry entry) throws SQLException {
    Revision revision = entry.revisionToStore();
    statement.setString(1, entry.conversationId().value());
    statement.setLong(2, entry.seq());
    statement.setLong(3, entry.target().seq());
    statement.setString(4, revision.targetMessageId());
    statement.setNull(5, Types.VARCHAR);
    statement.setNull(6, Types.BOOLEAN);
    statement.setNull(7, Types.INTEGER);
    statement.setNull(8, Types.SMALLINT);
    statement.setNull(9, Types.VARCHAR);
    statement.setNull(10, Types.VARCHAR);
    if (revision instanceof Revision.Edit edit) {
      statement.setBoolean(6, edit.keepsPast());
      statement.setInt(8, edit.replacement().type().code());
      statement.setString(9, edit.replacement().body());
      statement.setString(10, edit.replacement().plainText());
    } else if (revision instanceof Revision.React react) {
      statement.setString(5, react.emoji());
      statement.setBoolean(6, react.added());
      statement.setInt(7, react.maxKinds());
    } else if (revision instanceof Revision.Pin pin) {
      statement.setBoolean(6, pin.pinned());
      statement.setInt(7, pin.maxPinned());
    }
  }
}
