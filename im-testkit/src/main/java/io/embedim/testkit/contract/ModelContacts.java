package io.embedim.testkit.contract;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.Member;
import io.embedim.spi.model.Membership;
import io.embedim.spi.store.ContactStore;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The blocks of a {@link StoreModel}: who has blocked whom, and how often that changed between two.
 */
final class ModelContacts implements ContactStore {

  private final Object lock;
  private final Map<String, NavigableSet<String>> blocked = new TreeMap<>();
  private final Map<ConversationId, Long> changes = new HashMap<>();

  ModelContacts(Object lock) {
    this.lock = lock;
  }

  @Override
  public boolean block(String userId, String blockedId) {
    synchronized (lock) {
      ConversationId id = ofTwo(userId, blockedId);
      boolean changed = of(userId).add(blockedId);
      changes.merge(id, changed ? 1L : 0, Long::sum);
      return changed;
    }
  }

  @Override
  public boolean unblock(String userId, String blockedId) {
    synchronized (lock) {
      ConversationId id = ofTwo(userId, blockedId);
      boolean changed = of(userId).remove(blockedId);
      changes.merge(id, changed ? 1L : 0, Long::sum);
      return changed;
    }
  }

  @Override
  public List<String> blocked(String userId, String afterUserId, int limit) {
    synchronized (lock) {
      return of(userId).tailSet(afterUserId, false).stream().limit(limit).toList();
    }
  }

  @Override
  public Set<String> blockers(String blockedId, Collection<String> amongIds) {
    synchronized (lock) {
      Set<String> blockers = new HashSet<>(amongIds);
      blockers.removeIf(userId -> !of(userId).contains(blockedId));
      return blockers;
    }
  }

  @Override
  public Membership membership(ConversationId direct) {
    synchronized (lock) {
      Map<String, Member> members = new HashMap<>();
      for (String userId : direct.directMembers()) {
        boolean mute = of(direct.peerOf(userId)).contains(userId);
        members.put(userId, Member.ofDirect(userId).withMutedUntil(mute ? Member.BLOCKED : 0));
      }
      return new Membership(direct, version(direct), true, false, members);
    }
  }

  long version(ConversationId direct) {
    return 1 + changes.getOrDefault(direct, 0L);
  }

  private NavigableSet<String> of(String userId) {
    return blocked.computeIfAbsent(userId, first -> new TreeSet<>());
  }

  private static ConversationId ofTwo(String userId, String otherId) {
    if (userId.equals(otherId)) {
      throw new IllegalArgumentException("one user");
    }
    return ConversationId.direct(userId, otherId);
  }
}
