package io.embedim.core.internal.session;

import io.embedim.core.LoginPolicy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The live sessions of this node, by user. */
public final class SessionRegistry {

  private final ConcurrentHashMap<String, List<LiveSession>> byUser = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private volatile Consumer<LiveSession> onRemoved = session -> {};

  /** Says who hears of a session that is gone, on the thread that ended it; must not block. */
  public void onRemoved(Consumer<LiveSession> listener) {
    onRemoved = listener;
  }

  /** The sessions of a user, in the order of their beginning; a snapshot. */
  public List<LiveSession> of(String userId) {
    return byUser.getOrDefault(userId, List.of());
  }

  /**
   * Does something with each session of these users. Of a large group few are here: then those who
   * are here are looked up among them, and not they among those who are here.
   *
   * @param userIds a {@link Set} where they may be many
   */
  public void forEach(Collection<String> userIds, Consumer<LiveSession> action) {
    if (userIds instanceof Set && byUser.size() < userIds.size()) {
      byUser.forEach(
          (userId, sessions) -> {
            if (userIds.contains(userId)) {
              sessions.forEach(action);
            }
          });
    } else {
      userIds.forEach(userId -> of(userId).forEach(action));
    }
  }

  /** A user's sessions, where there are any. */
  public Collection<List<LiveSession>> all() {
    return byUser.values();
  }

  public int count() {
    return count.get();
  }

  /**
   * Adds a session.
   *
   * @param policy decides whose place it takes
   * @param limit how many a user may have
   * @return those whose place it took, to be closed; null when the user has too many already, and
   *     then it was not added
   */
  public @Nullable List<LiveSession> add(LiveSession session, LoginPolicy policy, int limit) {
    List<LiveSession> replaced = new ArrayList<>();
    boolean[] added = new boolean[1];
    byUser.compute(
        session.info().userId(),
        (userId, present) -> {
          List<LiveSession> sessions = present == null ? List.of() : present;
          for (LiveSession other : sessions) {
            if (takesPlaceOf(session, other, policy)) {
              replaced.add(other);
            }
          }
          if (sessions.size() - replaced.size() >= limit) {
            return present;
          }
          List<LiveSession> more = new ArrayList<>(sessions);
          more.add(session);
          added[0] = true;
          return List.copyOf(more);
        });
    if (!added[0]) {
      return null;
    }
    count.incrementAndGet();
    return replaced;
  }

  void remove(LiveSession session) {
    boolean[] removed = new boolean[1];
    byUser.computeIfPresent(
        session.info().userId(),
        (userId, sessions) -> {
          List<LiveSession> fewer = new ArrayList<>(sessions);
          removed[0] = fewer.remove(session);
          return fewer.isEmpty() ? null : List.copyOf(fewer);
        });
    if (removed[0]) {
      count.decrementAndGet();
      onRemoved.accept(session);
    }
  }

  private static boolean takesPlaceOf(LiveSession session, LiveSession other, LoginPolicy policy) {
    return switch (policy) {
      case ALL -> false;
      case ONE_PER_PLATFORM -> other.info().platform() == session.info().platform();
      case ONE -> true;
    };
  }
}
