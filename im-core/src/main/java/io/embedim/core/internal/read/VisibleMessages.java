package io.embedim.core.internal.read;

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
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks up messages for users, who learn nothing of those that they may not see: that came before
 * they did or after they left, that they cleared or deleted, that have expired. Blocks.
 */
public final class VisibleMessages {

  private final MessageStore messages;
  private final ConversationStore conversations;
  private final Clock clock;

  public VisibleMessages(ImStores stores, Clock clock) {
    this.messages = stores.messages();
    this.conversations = stores.conversations();
    this.clock = clock;
  }

  /**
   * A message; the system sees all of them.
   *
   * @throws ImException {@code message_not_found}; {@code conversation_not_found} for whoever never
   *     belonged to it
   */
  public LogEntry get(String userId, ConversationId id, String messageId) {
    if (userId.equals(Ids.SYSTEM_USER)) {
      return messages
          .find(id, messageId)
          .filter(this::isMessage)
          .orElseThrow(VisibleMessages::notFound);
    }
    LogEntry message = all(userId, id, List.of(messageId)).get(0);
    if (!conversations.deleted(userId, id, message.seq(), message.seq()).isEmpty()) {
      throw notFound();
    }
    return message;
  }

  /**
   * Messages in the order of their ids, those included that she deleted.
   *
   * @throws ImException as for {@link #get}, when one of them is not there
   */
  public List<LogEntry> all(String userId, ConversationId id, Collection<String> messageIds) {
    MemberView member = conversations.memberViews(userId, List.of(id)).get(id);
    if (member == null) {
      // The two of a conversation in which nothing was said yet may know that.
      throw id.isOf(userId) ? notFound() : noConversation();
    }
    Set<String> distinct = new LinkedHashSet<>(messageIds);
    Map<String, LogEntry> found = new HashMap<>();
    for (LogEntry entry : messages.find(id, distinct)) {
      if (isMessage(entry) && isInReach(member, entry)) {
        found.put(entry.draft().messageId(), FormerMember.sees(member, entry));
      }
    }
    List<LogEntry> all = new ArrayList<>(distinct.size());
    for (String messageId : distinct) {
      LogEntry message = found.get(messageId);
      if (message == null) {
        throw notFound();
      }
      all.add(message);
    }
    return all;
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
    return messages.pinned(id, clock.millis()).stream()
        .filter(entry -> isInReach(member, entry))
        .filter(entry -> conversations.deleted(userId, id, entry.seq(), entry.seq()).isEmpty())
        .map(entry -> FormerMember.sees(member, entry))
        .toList();
  }

  /**
   * What a message said before its edits.
   *
   * @throws ImException as for {@link #get}
   */
  public List<PastContent> pastContents(String userId, ConversationId id, String messageId) {
    return messages.pastContents(id, get(userId, id, messageId).seq());
  }

  private boolean isMessage(LogEntry entry) {
    return entry.draft().type().kind() == EntryType.Kind.MESSAGE
        && !entry.isExpired(clock.millis());
  }

  private static boolean isInReach(MemberView member, LogEntry entry) {
    return entry.seq() > member.hiddenUpTo()
        && (!member.left() || entry.seq() <= member.head().maxSeq());
  }

  private static ImException noConversation() {
    return new ImException(ImError.CONVERSATION_NOT_FOUND, "there is no such conversation");
  }

  private static ImException notFound() {
    return new ImException(ImError.MESSAGE_NOT_FOUND, "there is no such message");
  }
}
