package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.KeyColumn.CONVERSATION_ID;
import static io.embedim.store.jdbc.KeyColumn.EMOJI;
import static io.embedim.store.jdbc.KeyColumn.SEQ;
import static io.embedim.store.jdbc.KeyColumn.USER_ID;

import io.embedim.spi.model.ConversationId;
import io.embedim.store.jdbc.TargetReactions.Mark;
import io.embedim.store.jdbc.TargetReactions.Since;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Who reacted to which message. */
final class ReactionTable {

  private final Dialect dialect;
  private final String load;
  private final String kinds;
  private final String marks;
  private final String insert;
  private final String delete;
  private final String clear;

  ReactionTable(Dialect dialect, Tables tables) {
    this.dialect = dialect;
    String join =
        " JOIN "
            + tables.reaction()
            + " r ON r.conversation_id = k.conversation_id AND r.message_seq = k.seq";
    String ofMessages = " FROM " + dialect.keyTable("k", CONVERSATION_ID, SEQ) + join;
    this.load =
        "SELECT r.conversation_id, r.message_seq, r.emoji, r.user_id"
            + ofMessages
            + " ORDER BY r.emoji_since, r.user_since";
    this.kinds =
        "SELECT r.conversation_id, r.message_seq, r.emoji, MIN(r.emoji_since), COUNT(*)"
            + ofMessages
            + " GROUP BY r.conversation_id, r.message_seq, r.emoji";
    this.marks =
        "SELECT r.conversation_id, r.message_seq, r.emoji, r.user_id FROM "
            + dialect.keyTable("k", CONVERSATION_ID, SEQ, EMOJI, USER_ID)
            + join
            + " AND r.emoji = k.emoji AND r.user_id = k.user_id";
    this.insert =
        "INSERT INTO "
            + tables.reaction()
            + " (conversation_id, message_seq, emoji, user_id, emoji_since, user_since)"
            + " VALUES (?, ?, ?, ?, ?, ?)";
    this.clear =
        "DELETE FROM " + tables.reaction() + " WHERE conversation_id = ? AND message_seq = ?";
    this.delete = clear + " AND emoji = ? AND user_id = ?";
  }

  /** The reactions to these messages: users by emoji, both in the order of the first. */
  Map<EntryPlace, Map<String, List<String>>> load(Handle handle, List<EntryPlace> places) {
    Map<EntryPlace, Map<String, List<String>>> reactions = new HashMap<>();
    try (Query query = handle.createQuery(load)) {
      dialect.bindKeys(query, "k", keys(places));
      query
          .map((row, context) -> row(row))
          .forEach(
              row ->
                  reactions
                      .computeIfAbsent(row.place(), place -> new LinkedHashMap<>())
                      .computeIfAbsent(row.mark().emoji(), emoji -> new ArrayList<>())
                      .add(row.mark().userId()));
    }
    return reactions;
  }

  /** Tells the targets of a batch which kinds they have, and which of these reactions. */
  void lookUp(Handle handle, Map<EntryPlace, LoggedEntry> targets, Collection<Row> wanted) {
    if (targets.isEmpty()) {
      return;
    }
    try (Query query = handle.createQuery(kinds)) {
      dialect.bindKeys(query, "k", keys(targets.keySet()));
      query
          .map(
              (row, context) ->
                  new Counted(place(row), row.getString(3), row.getLong(4), row.getLong(5)))
          .forEach(
              kind ->
                  reactions(targets, kind.place())
                      .foundKind(kind.emoji(), kind.since(), kind.users()));
    }
    Keys keys = new Keys(CONVERSATION_ID, SEQ, EMOJI, USER_ID);
    for (Row row : wanted) {
      keys.add(
          row.place().conversationId().value(),
          row.place().seq(),
          row.mark().emoji(),
          row.mark().userId());
    }
    try (Query query = handle.createQuery(marks)) {
      dialect.bindKeys(query, "k", keys);
      query
          .map((row, context) -> row(row))
          .forEach(row -> reactions(targets, row.place()).found(row.mark()));
    }
  }

  /** Writes what became of the reactions to these messages. */
  void write(Connection connection, Collection<LoggedEntry> revised) throws SQLException {
    List<EntryPlace> cleared = new ArrayList<>();
    List<Row> removed = new ArrayList<>();
    List<Added> added = new ArrayList<>();
    for (LoggedEntry entry : revised) {
      TargetReactions reactions = entry.reactions();
      if (reactions.isCleared() && entry.isStored()) {
        cleared.add(entry.place());
      }
      reactions.removed().forEach(mark -> removed.add(new Row(entry.place(), mark)));
      reactions
          .added()
          .forEach((mark, since) -> added.add(new Added(new Row(entry.place(), mark), since)));
    }
    Rows.write(
        connection,
        clear,
        cleared,
        (statement, place) -> {
          statement.setString(1, place.conversationId().value());
          statement.setLong(2, place.seq());
        });
    Rows.write(
        connection,
        delete,
        removed,
        (statement, row) -> {
          statement.setString(1, row.place().conversationId().value());
          statement.setLong(2, row.place().seq());
          statement.setString(3, row.mark().emoji());
          statement.setString(4, row.mark().userId());
        });
    Rows.write(
        connection,
        insert,
        added,
        (statement, entry) -> {
          statement.setString(1, entry.row().place().conversationId().value());
          statement.setLong(2, entry.row().place().seq());
          statement.setString(3, entry.row().mark().emoji());
          statement.setString(4, entry.row().mark().userId());
          statement.setLong(5, entry.since().emojiSince());
          statement.setLong(6, entry.since().userSince());
        });
  }

  /** A user's reaction to a message. */
  record Row(EntryPlace place, Mark mark) {}

  private record Added(Row row, Since since) {}

  private record Counted(EntryPlace place, String emoji, long since, long users) {}

  private static TargetReactions reactions(Map<EntryPlace, LoggedEntry> targets, EntryPlace place) {
    LoggedEntry target = targets.get(place);
    if (target == null) {
      throw new IllegalStateException(
          "the database answered for a message that it was not asked for");
    }
    return target.reactions();
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(place(row), new Mark(row.getString(3), row.getString(4)));
  }

  private static EntryPlace place(ResultSet row) throws SQLException {
    return new EntryPlace(new ConversationId(row.getString(1)), row.getLong(2));
  }

  private static Keys keys(Collection<EntryPlace> places) {
    Keys keys = new Keys(CONVERSATION_ID, SEQ);
    places.forEach(place -> keys.add(place.conversationId().value(), place.seq()));
    return keys;
  }
}
