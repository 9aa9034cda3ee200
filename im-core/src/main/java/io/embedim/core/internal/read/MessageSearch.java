package io.embedim.core.internal.read;

import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.core.ImSettings;
import io.embedim.core.SearchQuery;
import io.embedim.core.internal.LimitCheck;
import io.embedim.core.internal.TextCheck;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.MemberView;
import io.embedim.spi.store.ConversationStore;
import io.embedim.spi.store.SearchText;
import io.embedim.spi.store.SearchableMessageStore;
import io.embedim.spi.store.SearchableMessageStore.Position;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks for messages on a user's behalf. */
public final class MessageSearch {

  /** The longest query, in characters; nobody types more to find a message. */
  private static final int MAX_QUERY = 256;

  private final SearchableMessageStore messages;
  private final ConversationStore conversations;
  private final ImSettings settings;
  private final Clock clock;

  public MessageSearch(
      SearchableMessageStore messages,
      ConversationStore conversations,
      ImSettings settings,
      Clock clock) {
    this.messages = messages;
    this.conversations = conversations;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * @throws ImException {@code invalid_argument}, or {@code conversation_not_found} for whoever
   *     never belonged to it
   */
  public List<LogEntry> search(String userId, SearchQuery query) {
    LimitCheck.atMost(query.limit(), settings.historyPage());
    TextCheck.atMost("query", MAX_QUERY, query.text());
    SearchText text = SearchText.of(query.text());
    if (!text.isQuery()) {
      throw invalid("query: expected 1 to " + SearchText.MAX_TERMS + " words to look for");
    }
    ConversationId only = query.conversationId();
    if (only != null && conversations.memberViews(userId, List.of(only)).isEmpty()) {
      throw new ImException(ImError.CONVERSATION_NOT_FOUND, "there is no such conversation");
    }
    List<LogEntry> found = new ArrayList<>();
    Position after = query.after();
    List<LogEntry> page;
    do {
      page =
          messages.search(
              new SearchableMessageStore.Search(
                  userId,
                  text,
                  only,
                  query.senderId(),
                  query.from(),
                  query.until(),
                  after,
                  query.limit() - found.size(),
                  clock.millis()));
      found.addAll(readable(userId, page));
      after = page.isEmpty() ? null : Position.of(page.get(page.size() - 1));
    } while (after != null && found.size() < query.limit());
    return found;
  }

  /** What a message was edited to after somebody left is not for her to find. */
  private List<LogEntry> readable(String userId, List<LogEntry> page) {
    Set<ConversationId> edited =
        page.stream()
            .filter(entry -> entry.state().editedAt() != null)
            .map(LogEntry::conversationId)
            .collect(Collectors.toSet());
    if (edited.isEmpty()) {
      return page;
    }
    Map<ConversationId, MemberView> members = conversations.memberViews(userId, edited);
    return page.stream()
        .filter(
            entry -> {
              MemberView member = members.get(entry.conversationId());
              return member == null || !FormerMember.isEditedSince(member, entry);
            })
        .toList();
  }

  private static ImException invalid(String message) {
    return new ImException(ImError.INVALID_ARGUMENT, message);
  }
}
