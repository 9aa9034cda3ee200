package io.embedim.core.internal.send;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.spi.hook.UserDirectory;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.Ids;
import io.embedim.spi.model.Membership;
import io.embedim.spi.store.GroupStore;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Snapshots of memberships. They may be stale: whoever decides on one commits with its version, and
 * a changed version makes the decision be repeated on a fresh one.
 */
public final class MembershipCache {

  /** Conversations that are remembered; beyond that the least used are loaded again. */
  private static final int CONVERSATIONS = 100_000;

  private final LoadingCache<ConversationId, Membership> cache;
  private final Optional<GroupStore> groups;
  private final UserDirectory users;

  public MembershipCache(Optional<GroupStore> groups, UserDirectory users) {
    this.groups = groups;
    this.users = users;
    this.cache = Caffeine.newBuilder().maximumSize(CONVERSATIONS).build(this::load);
  }

  /**
   * The members of a conversation, loaded when they are not known; blocks then.
   *
   * @throws ImException {@code user_not_found} when one side of a one-to-one conversation is no
   *     user of the host, {@code group_not_found} when there is no such group
   */
  public Membership get(ConversationId id) {
    return cache.get(id);
  }

  /** Forgets what is known, because the store has another version. */
  void invalidate(ConversationId id) {
    cache.invalidate(id);
  }

  private Membership load(ConversationId id) {
    if (id.isGroup()) {
      return groups
          .flatMap(store -> store.membership(id))
          .orElseThrow(() -> new ImException(ImError.GROUP_NOT_FOUND, "there is no such group"));
    }
    Set<String> parties = new HashSet<>(id.directMembers());
    parties.remove(Ids.SYSTEM_USER);
    if (!users.existing(parties).containsAll(parties)) {
      throw new ImException(ImError.USER_NOT_FOUND, "there is no such user");
    }
    return Membership.ofDirect(id);
  }
}
