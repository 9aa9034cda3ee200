package io.embedim.core.memory;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.Membership;
import io.embedim.spi.store.ContactStore;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;

/** Who has blocked whom, in memory; each block is in the conversation of the two. */
final class MemoryContactStore implements ContactStore {

  private static final NavigableSet<String> NOBODY = Collections.emptyNavigableSet();

  private final ConversationDirectory directory;
  private final Map<String, NavigableSet<String>> blockedByUser = new ConcurrentHashMap<>();

  MemoryContactStore(ConversationDirectory directory) {
    this.directory = directory;
  }

  @Override
  public boolean block(String userId, String blockedId) {
    NavigableSet<String> blocked =
        blockedByUser.computeIfAbsent(userId, first -> new ConcurrentSkipListSet<>());
    return directory
        .direct(ofTwo(userId, blockedId))
        .direct(state -> state.block(blockedId) && blocked.add(blockedId));
  }

  @Override
  public boolean unblock(String userId, String blockedId) {
    Conversation conversation = directory.find(ofTwo(userId, blockedId));
    Set<String> blocked = blockedByUser.getOrDefault(userId, NOBODY);
    return conversation != null
        && conversation.direct(state -> state.unblock(blockedId) && blocked.remove(blockedId));
  }

  @Override
  public List<String> blocked(String userId, String afterUserId, int limit) {
    return blockedByUser.getOrDefault(userId, NOBODY).tailSet(afterUserId, false).stream()
        .limit(limit)
        .toList();
  }

  @Override
  public Set<String> blockers(String blockedId, Collection<String> amongIds) {
    return amongIds.stream()
        .filter(userId -> blockedByUser.getOrDefault(userId, NOBODY).contains(blockedId))
        .collect(Collectors.toSet());
  }

  @Override
  public Membership membership(ConversationId direct) {
    Conversation conversation = directory.find(direct);
    return conversation == null
        ? Membership.ofDirect(direct)
        : conversation.direct(state -> state.membership(direct));
  }

  private static ConversationId ofTwo(String userId, String otherId) {
    if (userId.equals(otherId)) {
      throw new IllegalArgumentException("nobody can block herself");
    }
    return ConversationId.direct(userId, otherId);
  }
}
