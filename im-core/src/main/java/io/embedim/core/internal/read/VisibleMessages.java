package io.embedim.core.internal.read;

import static java.util.Objects.requireNonNull;

import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.Ids;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.MemberView;
import io.embedim.spi.model.PastContent;
import io.embedim.spi.store.ConversationStore;
import io.embedim.spi.store.ImStores;
import io.embedim.spi.store.MessageStore;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Looks up messages for users, who learn nothing of those that they may not see: that came before
 * they did or after they left, that they cleared or deleted, that have expired. Blocks.
 */
public final class VisibleMessages {

  private final MessageStore messages;
  private final ConversationStore conversations;
  private final MemberSight sight;
  private final Clock clock;

  public VisibleMessages(ImStores stores, Clock clock) {
    this.messages = stores.messages();
    this.conversations = stores.conversations();
    this.sight = new MemberSight(conversations);
    this.clock = clock;
  }

  /**
   * A message; the system sees all of them.
   *
   * @throws ImException {@code message_not_found}; {@code conversation_not_found} for whoever never
   *     belonged to it
   */
  public LogEntry get(String userId, ConversationId id, String messageId) {
    return userId.equals(Ids.SYSTEM_USER)
        ? messages
            .find(id, messageId)
            .filter(this::isMessage)
            .orElseThrow(VisibleMessages::notFound)
        : get(userId, id, List.of(messageId)).get(0);
  }

  /**
   * Messages in the order of their ids, as often as they are named.
   *
   * @throws ImException as for one message, when one of them is not there
   */
  public List<LogEntry> get(String userId, ConversationId id, Collection<String> messageIds) {
    MemberView member = member(userId, id);
    return inOrder(sight.of(userId, member, find(id, messageIds), clock.millis()), messageIds);
  }

  /**
   * Where messages stand, those included that she deleted.
   *
   * @throws ImException as for one message, when one of them is not there
   */
  public Set<Long> seqs(String userId, ConversationId id, Collection<String> messageIds) {
    MemberView member = member(userId, id);
    List<LogEntry> inReach =
        find(id, messageIds).stream()
            .filter(entry -> MemberSight.reaches(member, entry.seq()))
            .toList();
    return inOrder(inReach, messageIds).stream().map(LogEntry::seq).collect(Collectors.toSet());
  }

  /**
   * The pinned messages, what was pinned last first.
   *
   * @throws ImException {@code conversation_not_found}
   */
  public List<LogEntry> pinned(String userId, ConversationId id) {
    MemberView member = conversations.memberViews(userId, List.of(id)).get(id);
    if (member == null) {
      throw noConversation();
    }
    long now = clock.millis();
    return sight.of(userId, member, messages.pinned(id, now), now);
  }

  /**
   * What a message said before its edits.
   *
   * @throws ImException as for one message
   */
  public List<PastContent> pastContents(String userId, ConversationId id, String messageId) {
    return messages.pastContents(id, get(userId, id, messageId).seq());
  }

  private MemberView member(String userId, ConversationId id) {
    MemberView member = conversations.memberViews(userId, List.of(id)).get(id);
    if (member == null) {
      // The two of a conversation in which nothing was said yet may know that.
      throw id.isOf(userId) ? notFound() : noConversation();
    }
    return member;
  }

  private List<LogEntry> find(ConversationId id, Collection<String> messageIds) {
    return messages.find(id, new LinkedHashSet<>(messageIds)).stream()
        .filter(this::isMessage)
        .toList();
  }

  private static List<LogEntry> inOrder(List<LogEntry> found, Collection<String> messageIds) {
    Map<String, LogEntry> byId = new HashMap<>();
    found.forEach(entry -> byId.put(entry.draft().messageId(), entry));
    if (!byId.keySet().containsAll(messageIds)) {
      throw notFound();
    }
    return messageIds.stream().map(id -> requireNonNull(byId.get(id))).toList();
  }

  private boolean isMessage(LogEntry entry) {
    return entry.draft().type().kind() == EntryType.Kind.MESSAGE
        && !entry.isExpired(clock.millis());
  }

  private static ImException noConversation() {
    return new ImException(ImError.CONVERSATION_NOT_FOUND, "there is no such conversation");
  }

  private static ImException notFound() {
    return new ImException(ImError.MESSAGE_NOT_FOUND, "there is no such message");
  }
}
