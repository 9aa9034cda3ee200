package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.KeyColumn.AFTER_SEQ;
import static io.embedim.store.jdbc.KeyColumn.CONVERSATION_ID;
import static io.embedim.store.jdbc.KeyColumn.SEQ;
import static io.embedim.store.jdbc.KeyColumn.UP_TO_SEQ;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.ConversationView;
import io.embedim.spi.model.EntryType.Kind;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.MemberView;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * What the logs say of conversations to a member, in at most four round trips for two hundred of
 * them: what is unread, which messages are the last ones, these messages, their reactions.
 */
final class ConversationViews {

  /** Conversations that are asked about with one statement. */
  private static final int AT_ONCE = 200;

  private final Dialect dialect;
  private final EntryReader reader;
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

  Map<ConversationId, ConversationView> complete(
      Handle handle, String userId, Collection<MemberView> members, long now) {
    Map<ConversationId, Long> unreadCounts =
        numbers(handle, unread, stretches(members, MemberView::unreadAfter), userId, now);
    Map<ConversationId, LogEntry> lastMessages = lastMessages(handle, userId, members, now);
    Map<ConversationId, ConversationView> views = new HashMap<>();
    for (MemberView member : members) {
      ConversationId id = member.id();
      views.put(
          id,
          new ConversationView(member, unreadCounts.getOrDefault(id, 0L), 0, lastMessages.get(id)));
    }
    return views;
  }

  private Map<ConversationId, LogEntry> lastMessages(
      Handle handle, String userId, Collection<MemberView> members, long now) {
    Keys stretches = stretches(members, MemberView::hiddenUpTo);
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
  private static Keys stretches(
      Collection<MemberView> members, ToLongFunction<MemberView> afterSeq) {
    Keys keys = new Keys(CONVERSATION_ID, AFTER_SEQ, UP_TO_SEQ);
    for (MemberView member : members) {
      long after = afterSeq.applyAsLong(member);
      if (after < member.head().maxSeq()) {
        keys.add(member.id().value(), after, member.head().maxSeq());
      }
    }
    return keys;
  }

  private record KeyNumber(String conversationId, @Nullable Long value) {

    void addTo(Map<ConversationId, Long> numbers) {
      if (value != null) {
        numbers.put(new ConversationId(conversationId), value);
      }
    }
  }
}
