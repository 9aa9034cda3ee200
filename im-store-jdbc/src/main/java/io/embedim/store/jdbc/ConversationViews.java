package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.KeyColumn.AFTER_SEQ;
import static io.embedim.store.jdbc.KeyColumn.CONVERSATION_ID;
import static io.embedim.store.jdbc.KeyColumn.SEQ;
import static io.embedim.store.jdbc.KeyColumn.UP_TO_SEQ;

import io.embedim.spi.model.ConversationHead;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.ConversationView;
import io.embedim.spi.model.Cursors;
import io.embedim.spi.model.EntryType.Kind;
import io.embedim.spi.model.LogEntry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Conversations as a member sees them, in at most five round trips for two hundred of them: the
 * members' rows, what is unread, which messages are the last ones, these messages, their reactions.
 * All of it stands at the end of the log that the first one found.
 */
final class ConversationViews {

  /** Conversations that are asked about with one statement. */
  private static final int AT_ONCE = 200;

  private final Dialect dialect;
  private final EntryReader reader;
  private final String members;
  private final String unread;
  private final String lastSeq;
  private final String entries;

  ConversationViews(Dialect dialect, Tables tables) {
    this.dialect = dialect;
    this.reader = new EntryReader(dialect, tables);
    String inStretch =
        "m.conversation_id = k.conversation_id AND m.seq > k.after_seq AND m.seq <= k.up_to_seq";
    String notExpired = "(m.expires_at IS NULL OR m.expires_at > :now)";
    String notDeleted =
        "NOT EXISTS (SELECT 1 FROM "
            + tables.deleted()
            + " d WHERE d.user_id = :user AND d.conversation_id = m.conversation_id"
            + " AND d.seq = m.seq)";
    this.members =
        "SELECT "
            + MemberState.columns("c.max_seq", "c.updated_at")
            + ", p.read_seq, p.received_seq FROM "
            + dialect.keyTable("k", CONVERSATION_ID)
            + " JOIN "
            + tables.member()
            + " m ON m.conversation_id = k.conversation_id AND m.user_id = :user"
            + " JOIN "
            + tables.conversation()
            + " c ON c.id = m.conversation_id LEFT JOIN "
            + tables.member()
            + " p ON c.conversation_type = "
            + ConversationTable.DIRECT
            + " AND p.conversation_id = m.conversation_id AND p.user_id <> m.user_id"
            + " WHERE NOT m.former";
    String counts =
        " AND m.entry_type IN ("
            + EntryColumns.codesOf(Kind.MESSAGE)
            + ") AND m.sender_id <> :user AND NOT m.revoked AND "
            + notExpired;
    // Hardly anything is deleted: to count that apart is less than to look for each message.
    this.unread =
        "(SELECT COUNT(*) FROM "
            + tables.message()
            + " m"
            + dialect.byIndex(Dialect.PRIMARY_KEY)
            + " WHERE "
            + inStretch
            + counts
            + ") - (SELECT COUNT(*) FROM "
            + dialect.lookUp(
                tables.deleted() + " d",
                tables.message(),
                "m",
                Dialect.PRIMARY_KEY,
                "m.conversation_id = d.conversation_id AND m.seq = d.seq")
            + " WHERE d.user_id = :user AND d.conversation_id = k.conversation_id"
            + " AND d.seq > k.after_seq AND d.seq <= k.up_to_seq"
            + counts
            + ")";
    // The whole key stands in the order, so that the index gives the last entry first.
    this.lastSeq =
        "(SELECT m.seq FROM "
            + tables.message()
            + " m"
            + dialect.byIndex(Dialect.PRIMARY_KEY)
            + " WHERE "
            + inStretch
            + " AND m.entry_type IN ("
            + EntryColumns.codesOf(Kind.MESSAGE, Kind.EVENT)
            + ") AND "
            + notExpired
            + " AND "
            + notDeleted
            + " ORDER BY m.conversation_id DESC, m.seq DESC LIMIT 1)";
    this.entries =
        "SELECT "
            + EntryColumns.ofM()
            + " FROM "
            + dialect.lookUp(
                dialect.keyTable("k", CONVERSATION_ID, SEQ),
                tables.message(),
                "m",
                Dialect.PRIMARY_KEY,
                "m.conversation_id = k.conversation_id AND m.seq = k.seq");
  }

  Map<ConversationId, ConversationView> views(
      Handle handle, String userId, Collection<ConversationId> ids, long now) {
    List<Found> found = members(handle, userId, ids);
    Map<ConversationId, Long> unreadCounts = unreadCounts(handle, userId, found, now);
    Map<ConversationId, LogEntry> lastMessages = lastMessages(handle, userId, found, now);
    Map<ConversationId, ConversationView> views = new HashMap<>();
    for (Found one : found) {
      MemberState member = one.member();
      ConversationId id = member.conversationId();
      views.put(
          id,
          new ConversationView(
              new ConversationHead(id, member.maxSeq(), member.updatedAt()),
              member.cursors(),
              member.visibleFromSeq(),
              member.settings(),
              unreadCounts.getOrDefault(id, 0L),
              lastMessages.get(id),
              one.peer()));
    }
    return views;
  }

  private List<Found> members(Handle handle, String userId, Collection<ConversationId> ids) {
    Keys keys = new Keys(CONVERSATION_ID);
    ids.stream().distinct().forEach(id -> keys.add(id.value()));
    if (keys.isEmpty()) {
      return List.of();
    }
    try (Query query = handle.createQuery(members)) {
      dialect.bindKeys(query, "k", keys);
      return query.bind("user", userId).map((row, context) -> Found.read(row)).list();
    }
  }

  private Map<ConversationId, Long> unreadCounts(
      Handle handle, String userId, List<Found> found, long now) {
    Keys stretches =
        stretches(found, member -> Math.max(member.hiddenUpTo(), member.cursors().readSeq()));
    return numbers(handle, unread, stretches, userId, now);
  }

  private Map<ConversationId, LogEntry> lastMessages(
      Handle handle, String userId, List<Found> found, long now) {
    Keys stretches = stretches(found, MemberState::hiddenUpTo);
    Map<ConversationId, LogEntry> messages = new HashMap<>();
    Keys places = new Keys(CONVERSATION_ID, SEQ);
    numbers(handle, lastSeq, stretches, userId, now)
        .forEach((id, seq) -> places.add(id.value(), seq));
    if (!places.isEmpty()) {
      try (Query query = handle.createQuery(entries)) {
        dialect.bindKeys(query, "k", places);
        List<EntryRow> rows = query.map((row, context) -> EntryColumns.read(row)).list();
        reader.complete(handle, rows).forEach(entry -> messages.put(entry.conversationId(), entry));
      }
    }
    return messages;
  }

  private Map<ConversationId, Long> numbers(
      Handle handle, String number, Keys stretches, String userId, long now) {
    Map<ConversationId, Long> numbers = new HashMap<>();
    for (Keys part : stretches.parts(AT_ONCE)) {
      try (Query query = dialect.numbers(handle, number, part)) {
        query
            .bind("user", userId)
            .bind("now", now)
            .map(
                (row, context) ->
                    new KeyNumber(row.getString(1), EntryColumns.nullableLong(row, 2)))
            .forEach(found -> found.addTo(numbers));
      }
    }
    return numbers;
  }

  /** What follows the sequence that is given for each, up to the end; empty ones are left out. */
  private static Keys stretches(List<Found> found, ToLongFunction<MemberState> afterSeq) {
    Keys keys = new Keys(CONVERSATION_ID, AFTER_SEQ, UP_TO_SEQ);
    for (Found one : found) {
      MemberState member = one.member();
      long after = afterSeq.applyAsLong(member);
      if (after < member.maxSeq()) {
        keys.add(member.conversationId().value(), after, member.maxSeq());
      }
    }
    return keys;
  }

  /** A member, and how far the other one has come in a one-to-one conversation. */
  private record Found(MemberState member, @Nullable Cursors peer) {

    static Found read(ResultSet row) throws SQLException {
      Long peerRead = EntryColumns.nullableLong(row, MemberState.COLUMN_COUNT + 1);
      Long peerReceived = EntryColumns.nullableLong(row, MemberState.COLUMN_COUNT + 2);
      return new Found(
          MemberState.read(row),
          peerRead == null || peerReceived == null ? null : new Cursors(peerRead, peerReceived));
    }
  }

  private record KeyNumber(String conversationId, @Nullable Long value) {

    void addTo(Map<ConversationId, Long> numbers) {
      if (value != null) {
        numbers.put(new ConversationId(conversationId), value);
      }
    }
  }
}
