package io.embedim.core.internal.send;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.spi.hook.UserDirectory;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.Ids;
import io.embedim.spi.model.Member;
import io.embedim.spi.model.Membership;
import io.embedim.spi.model.MembershipDelta;
import io.embedim.spi.store.ContactStore;
import io.embedim.spi.store.GroupStore;
import io.embedim.spi.store.ImStores;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * Snapshots of memberships. They may be stale: whoever allows something on one commits with its
 * version, and a changed version makes the decision be repeated on a fresh one. Whoever refuses
 * something commits nothing, so a refusal in a group is decided again on {@link #reload}.
 */
public final class MembershipCache {

  /** Conversations that are remembered; beyond that the least used are loaded again. */
  private static final int CONVERSATIONS = 100_000;

  /**
   * How long the users of a one-to-one conversation are taken for granted. A group's members have a
   * version that is compared with each commit; the host's users have none.
   */
  private static final Duration USERS_KNOWN = Duration.ofMinutes(5);

  private final LoadingCache<ConversationId, Membership> cache;
  private final Optional<GroupStore> groups;
  private final Optional<ContactStore> contacts;
  private final UserDirectory users;

  public MembershipCache(ImStores stores, UserDirectory users, Clock clock) {
    this.groups = stores.groups();
    this.contacts = stores.contacts();
    this.users = users;
    this.cache =
        Caffeine.newBuilder()
            .maximumSize(CONVERSATIONS)
            .expireAfterWrite(USERS_KNOWN)
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .build(this::load);
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

  /**
   * The members of a conversation, for one of them; blocks when they are not known.
   *
   * @throws ImException as for {@link #get}; {@code conversation_not_found} or {@code
   *     group_not_found} for whoever does not belong to it, and then nothing is looked up that
   *     could tell whether it exists
   */
  public Membership of(String userId, ConversationId id) {
    if (!belongs(userId, id)) {
      throw id.isGroup()
          ? noGroup()
          : new ImException(ImError.CONVERSATION_NOT_FOUND, "there is no such conversation");
    }
    return get(id);
  }

  /**
   * Whether a user belongs to a conversation; blocks for a group that is not known.
   *
   * @throws ImException {@code group_not_found}
   */
  public boolean belongs(String userId, ConversationId id) {
    if (!id.isGroup()) {
      return id.isOf(userId);
    }
    // Another node may have let her in since.
    return get(id).member(userId) != null || reload(id).member(userId) != null;
  }

  /** What is known of a conversation of two is not right any more. */
  public void forget(ConversationId direct) {
    cache.invalidate(direct);
  }

  /** The ids of the members; blocks for a group that is not known. */
  Collection<String> memberIds(ConversationId id) {
    Membership known = id.isGroup() ? get(id) : cache.getIfPresent(id);
    return known == null ? id.directMembers() : known.members().keySet();
  }

  /**
   * As {@link #get}, but from the store, because it has another version than the one known. Of a
   * group only what is different is read.
   */
  public Membership reload(ConversationId id) {
    return cache
        .asMap()
        .compute(id, (key, known) -> known == null || !id.isGroup() ? load(id) : updated(known));
  }

  private Membership updated(Membership known) {
    ConversationId id = known.conversationId();
    MembershipDelta delta =
        groups
            .flatMap(store -> store.membershipSince(id, known.version()))
            .orElseThrow(MembershipCache::noGroup);
    PMap<String, Member> members = with(known, delta.changed()).minusAll(delta.gone());
    return new Membership(id, delta.version(), delta.active(), delta.allMuted(), members);
  }

  /** The members of a snapshot and these, for what these cost, however many those are. */
  public static PMap<String, Member> with(Membership known, Collection<Member> more) {
    PMap<String, Member> members =
        known.members() instanceof PMap<String, Member> shared
            ? shared
            : HashTreePMap.from(known.members());
    for (Member member : more) {
      members = members.plus(member.userId(), member);
    }
    return members;
  }

  private static ImException noGroup() {
    return new ImException(ImError.GROUP_NOT_FOUND, "there is no such group");
  }

  private Membership load(ConversationId id) {
    if (id.isGroup()) {
      return groups.flatMap(store -> store.membership(id)).orElseThrow(MembershipCache::noGroup);
    }
    Set<String> parties = new HashSet<>(id.directMembers());
    parties.remove(Ids.SYSTEM_USER);
    if (!existing(parties).containsAll(parties)) {
      throw new ImException(ImError.USER_NOT_FOUND, "there is no such user");
    }
    return contacts.map(store -> store.membership(id)).orElseGet(() -> Membership.ofDirect(id));
  }

  /**
   * Those of these ids that name users of the host; blocks.
   *
   * @throws ImException {@code unavailable}
   */
  public Set<String> existing(Set<String> userIds) {
    try {
      return users.existing(userIds);
    } catch (RuntimeException e) {
      throw ImException.unavailable("the users cannot be looked up, try again", e);
    }
  }
}
