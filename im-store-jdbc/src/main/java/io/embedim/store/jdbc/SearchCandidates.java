package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.KeyColumn.CONVERSATION_ID;
import static io.embedim.store.jdbc.KeyColumn.SEQ;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryType.Kind;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.store.SearchText;
import io.embedim.spi.store.SearchableMessageStore.Position;
import io.embedim.spi.store.SearchableMessageStore.Search;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Finds what may be a result, by the index or by reading, and then looks at each. */
final class SearchCandidates {

  private final Dialect dialect;
  private final Tables tables;
  private final @Nullable SearchIndex index;
  private final EntryReader reader;
  private final String read;
  private final String look;

  SearchCandidates(Dialect dialect, Tables tables) {
    this.dialect = dialect;
    this.tables = tables;
    this.index = dialect.searchIndex();
    this.reader = new EntryReader(dialect, tables);
    this.read =
        "SELECT m.created_at, m.conversation_id, m.seq, m.plain_text FROM "
            + tables.message()
            + " m"
            + dialect.byIndex(Dialect.PRIMARY_KEY)
            + " WHERE m.conversation_id = :id%1$d AND m.seq > :after%1$d AND m.seq <= :upTo%1$d"
            + " AND m.entry_type IN ("
            + EntryColumns.codesOf(Kind.MESSAGE)
            + ") AND NOT m.revoked";
    this.look =
        "SELECT "
            + EntryColumns.ofM()
            + " FROM "
            + dialect.lookUp(
                dialect.keyTable("k", CONVERSATION_ID, SEQ),
                tables.message(),
                "m",
                Dialect.PRIMARY_KEY,
                "m.conversation_id = k.conversation_id AND m.seq = k.seq")
            + " WHERE NOT EXISTS (SELECT 1 FROM "
            + tables.deleted()
            + " d WHERE d.user_id = :user AND d.conversation_id = k.conversation_id"
            + " AND d.seq = k.seq)";
  }

  /** All places of these segments that the index has for the query; there may be others. */
  List<Position> indexed(Handle handle, List<Segment> segments, Search search) {
    if (index == null) {
      throw new IllegalStateException("there is no index");
    }
    Map<String, List<Segment>> byConversation =
        segments.stream().collect(Collectors.groupingBy(s -> s.conversationId().value()));
    return index
        .find(handle, tables, segments, SearchTokens.wanted(search.query()), search.senderId())
        .stream()
        .filter(
            found ->
                byConversation.getOrDefault(found.conversationId().value(), List.of()).stream()
                    .anyMatch(segment -> segment.contains(found.seq())))
        .toList();
  }

  /** The places of these segments where the text matches. */
  List<Position> read(Handle handle, List<Segment> segments, Search search) {
    String senderId = search.senderId();
    String each = read + (senderId == null ? "" : " AND m.sender_id = :sender");
    // One range of the primary key for each, whatever the optimizer knows about their lengths.
    String all =
        IntStream.range(0, segments.size())
            .mapToObj(each::formatted)
            .collect(Collectors.joining(" UNION ALL "));
    try (Query query = handle.createQuery(all)) {
      for (int i = 0; i < segments.size(); i++) {
        query
            .bind("id" + i, segments.get(i).conversationId().value())
            .bind("after" + i, segments.get(i).afterSeq())
            .bind("upTo" + i, segments.get(i).upToSeq());
      }
      if (senderId != null) {
        query.bind("sender", senderId);
      }
      return query
          .map(
              (row, context) ->
                  new Text(
                      new Position(
                          row.getLong(1), new ConversationId(row.getString(2)), row.getLong(3)),
                      row.getString(4)))
          .stream()
          .filter(text -> SearchText.of(text.plainText()).isFoundBy(search.query()))
          .map(Text::position)
          .toList();
    }
  }

  /** Those that are results, in their order; all of them lie where the user may see them. */
  List<LogEntry> results(Handle handle, Collection<Position> candidates, Search search) {
    Keys keys = new Keys(CONVERSATION_ID, SEQ);
    candidates.forEach(place -> keys.add(place.conversationId().value(), place.seq()));
    try (Query query = handle.createQuery(look)) {
      dialect.bindKeys(query, "k", keys);
      List<EntryRow> rows =
          query
              .bind("user", search.userId())
              .map((row, context) -> EntryColumns.read(row))
              .filter(row -> matches(row, search))
              .list();
      return reader.complete(handle, rows).stream()
          .filter(entry -> !entry.isExpired(search.now()))
          .sorted(Comparator.comparing(Position::of))
          .toList();
    }
  }

  /** What was revoked meanwhile says nothing. */
  private static boolean matches(EntryRow row, Search search) {
    return row.timestamp() >= search.from()
        && row.timestamp() < search.until()
        && SearchText.of(row.content().plainText()).isFoundBy(search.query());
  }

  private record Text(Position position, String plainText) {}
}
