package io.embedim.core.memory;

import io.embedim.spi.model.ConversationId;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Finds conversations by id, and by who belongs to them. Safe for use by many threads. */
final class ConversationDirectory {

  private final Map<ConversationId, Conversation> byId = new ConcurrentHashMap<>();
  private final Map<String, Set<Conversation>> byMember = new ConcurrentHashMap<>();

  /** The conversation, or null when nothing was logged in it. */
  @Nullable Conversation find(ConversationId id) {
    return byId.get(id);
  }

  /** The one-to-one conversation, which begins to exist when it did not. */
  Conversation direct(ConversationId id) {
    Conversation known = byId.get(id);
    return known == null ? begin(Conversation.direct(id)) : known;
  }

  /** Makes a conversation known; returns the one that had its id before, if there was one. */
  Conversation begin(Conversation created) {
    return byId.computeIfAbsent(
        created.id(),
        missing -> {
          // Inside, so that whoever finds the conversation finds it in its members' lists too.
          created.firstMembers().forEach(userId -> join(userId, created));
          return created;
        });
  }

  /** The conversations that a user belongs to, or belonged to. */
  Collection<Conversation> of(String userId) {
    return byMember.getOrDefault(userId, Set.of());
  }

  /** Puts a conversation into a user's list, where it stays. */
  void join(String userId, Conversation conversation) {
    byMember.computeIfAbsent(userId, first -> ConcurrentHashMap.newKeySet()).add(conversation);
  }
}
