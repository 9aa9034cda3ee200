package io.embedim.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.store.SearchText;
import io.embedim.spi.store.SearchableMessageStore;
import io.embedim.spi.store.SearchableMessageStore.Position;
import io.embedim.spi.store.SearchableMessageStore.Search;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The words in which searching is told. */
interface SearchFixture extends GroupFixture {

  default List<LogEntry> search(Search search) {
    assertThat(messages()).isInstanceOf(SearchableMessageStore.class);
    return ((SearchableMessageStore) messages()).search(search);
  }

  /**
   * The ids of the messages that a user finds in her conversations, in the order of the results.
   */
  default List<String> found(String userId, String query) {
    return idsOf(search(everywhere(userId, query)));
  }

  default List<String> foundIn(ConversationId id, String userId, String query) {
    return idsOf(search(in(id, everywhere(userId, query))));
  }

  /** All results, page by page. */
  default List<LogEntry> pages(Search search) {
    List<LogEntry> all = new ArrayList<>();
    List<LogEntry> page;
    Search next = search;
    do {
      page = search(next);
      assertThat(page).hasSizeLessThanOrEqualTo(search.limit());
      all.addAll(page);
      next = page.isEmpty() ? next : after(Position.of(page.get(page.size() - 1)), next);
    } while (page.size() == search.limit());
    assertThat(search(next)).isEmpty();
    return all;
  }

  static List<String> idsOf(List<LogEntry> entries) {
    return entries.stream().map(entry -> entry.draft().messageId()).toList();
  }

  static Search everywhere(String userId, String query) {
    return new Search(
        userId, SearchText.of(query), null, null, 0, Long.MAX_VALUE, null, 1_000, NOW);
  }

  static Search in(ConversationId id, Search search) {
    return changed(search, id, search.senderId(), search.after(), search.limit());
  }

  static Search sentBy(String senderId, Search search) {
    return changed(search, search.conversationId(), senderId, search.after(), search.limit());
  }

  static Search after(@Nullable Position after, Search search) {
    return changed(search, search.conversationId(), search.senderId(), after, search.limit());
  }

  static Search limited(int limit, Search search) {
    return changed(search, search.conversationId(), search.senderId(), search.after(), limit);
  }

  static Search between(long from, long until, Search search) {
    return new Search(
        search.userId(),
        search.query(),
        search.conversationId(),
        search.senderId(),
        from,
        until,
        search.after(),
        search.limit(),
        search.now());
  }

  private static Search changed(
      Search search,
      @Nullable ConversationId id,
      @Nullable String senderId,
      @Nullable Position after,
      int limit) {
    return new Search(
        search.userId(),
        search.query(),
        id,
        senderId,
        search.from(),
        search.until(),
        after,
        limit,
        search.now());
  }
}
