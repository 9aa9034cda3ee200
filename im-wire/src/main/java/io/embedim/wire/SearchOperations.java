package io.embedim.wire;

import io.embedim.core.ImEngine;
import io.embedim.core.SearchQuery;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.store.SearchableMessageStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operation that looks for messages. */
final class SearchOperations {

  private final ImEngine engine;

  SearchOperations(ImEngine engine) {
    this.engine = engine;
  }

  private record SearchCommand(SearchQuery query, @Nullable String pageToken) {

    SearchQuery behind(SearchableMessageStore.Position place) {
      return new SearchQuery(
          query.text(),
          query.conversationId(),
          query.senderId(),
          query.from(),
          query.until(),
          place,
          query.limit());
    }
  }

  List<Operation> all() {
    return List.of(
        Operation.blocking(
            new Operation.Route("message.search", Operation.Verb.GET, "/api/message/search"),
            this::command,
            (invocation, command) -> search(invocation.userId(), command),
            (json, page, invocation) -> {
              json.writeStartObject();
              ResultJson.writeEntries(json, page.items());
              ResultJson.writeNextPage(json, page.next());
              json.writeEndObject();
            }));
  }

  private SearchCommand command(Parameters parameters) {
    Long after = parameters.number("after", 0, Long.MAX_VALUE);
    Long before = parameters.number("before", 0, Long.MAX_VALUE);
    return new SearchCommand(
        new SearchQuery(
            parameters.requiredString("query"),
            parameters.conversationId("conversation_id"),
            parameters.id("from", IdKind.USER),
            after == null ? 0 : after,
            before == null ? Long.MAX_VALUE : before,
            null,
            parameters.limit(engine.settings().historyPage())),
        parameters.string("page_token"));
  }

  private Slice<LogEntry> search(String userId, SearchCommand command) {
    String token = command.pageToken();
    SearchQuery query =
        token == null ? command.query() : command.behind(PageToken.parsePlace(token, userId));
    List<LogEntry> found = engine.messages().search(userId, query);
    Slice<LogEntry> page =
        Slice.of(found, 0, MessageOperations::bytes, engine.settings().pageBytes());
    boolean more = page.next() != null || found.size() == query.limit();
    return new Slice<>(page.items(), more ? behindLast(page.items(), userId) : null);
  }

  private static String behindLast(List<LogEntry> page, String userId) {
    LogEntry last = page.get(page.size() - 1);
    return PageToken.of(SearchableMessageStore.Position.of(last), userId);
  }
}
