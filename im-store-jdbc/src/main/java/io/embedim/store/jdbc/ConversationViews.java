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
import io.embedim.spi.model.MessageOptions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
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
    // Among the mentions each stands between two spaces; their names are no patterns.
    String mentioned =
        "(CONCAT(' ', m.mentions, ' ') LIKE :mention ESCAPE '!'"
            + " OR CONCAT(' ', m.mentions, ' ') LIKE '% "
            + MessageOptions.EVERYBODY
            + " %')";
    // Hardly anything is deleted: to count that apart is less than to look for each message. Hardly
    // anything mentions, so only then is looked at what is deleted.
    this.unread =
        "(SELECT CONCAT(COUNT(*), ' ', COALESCE(MIN(CASE WHEN m.mentions IS NOT NULL AND "
            + mentioned
            + " AND "
            + notDeleted
            + " THEN m.seq END), 0)) FROM "
            + tables.message()
            + " m"
            + dialect.byIndex(Dialect.PRIMARY_KEY)
            + " WHERE "
            + inStretch
            + counts
            + "), (SELECT COUNT(*) FROM "
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
    Map<ConversationId, Unread> unreads =
        each(
            handle,
            unread,
            stretches(members, MemberView::unreadAfter),
            query ->
                query
                    .bind("user", userId)
                    .bind("now", now)
                    .bind("mention", "% " + userId.replace("_", "!_") + " %"),
            Unread::read);
    Map<ConversationId, LogEntry> lastMessages = lastMessages(handle, userId, members, now);
    Map<ConversationId, ConversationView> views = new HashMap<>();
    for (MemberView member : members) {
      ConversationId id = member.id();
      Unread found = unreads.getOrDefault(id, Unread.NOTHING);
      views.put(
          id,
          new ConversationView(member, found.count(), found.mentionSeq(), lastMessages.get(id)));
    }
    return views;
  }

  private Map<ConversationId, LogEntry> lastMessages(
      Handle handle, String userId, Collection<MemberView> members, long now) {
    Keys stretches = stretches(members, MemberView::hiddenUpTo);
    Map<ConversationId, LogEntry> messages = new HashMap<>();
    Keys places = new Keys(CONVERSATION_ID, SEQ);
    each(
            handle,
            lastSeq,
            stretches,
            query -> query.bind("user", userId).bind("now", now),
            row -> EntryColumns.nullableLong(row, 2))
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

  /** What is found for each stretch; without those for which nothing is. */
  private <T> Map<ConversationId, T> each(
      Handle handle, String numbers, Keys stretches, Consumer<Query> binder, Reader<T> reader) {
    Map<ConversationId, T> found = new HashMap<>();
    for (Keys part : stretches.parts(AT_ONCE)) {
      try (Query query = dialect.numbers(handle, numbers, part)) {
        binder.accept(query);
        query
            .map((row, context) -> new Found<>(row.getString(1), reader.read(row)))
            .forEach(one -> one.addTo(found));
      }
    }
    return found;
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

  /** Reads what stands behind the conversation in a row. */
  private interface Reader<T> {
    @Nullable T read(ResultSet row) throws SQLException;
  }

  private record Found<T>(String conversationId, @Nullable T value) {

    void addTo(Map<ConversationId, T> found) {
      if (value != null) {
        found.put(new ConversationId(conversationId), value);
      }
    }
  }

  private record Unread(long count, long mentionSeq) {
    static final Unread NOTHING = new Unread(0, 0);

    /** The count and the mention, with a space between them; and how many of these are deleted. */
    static Unread read(ResultSet row) throws SQLException {
      String[] numbers = row.getString(2).split(" ", -1);
      return new Unread(Long.parseLong(numbers[0]) - row.getLong(3), Long.parseLong(numbers[1]));
    }
  }
}
