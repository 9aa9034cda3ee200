package io.embedim.core.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.embedim.spi.cluster.SessionDirectory;
import io.embedim.spi.cluster.SessionInfo;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** Presence of a single node, in its memory. */
public final class MemorySessionDirectory implements SessionDirectory {

  /** Users whose last presence is remembered. */
  private static final int LAST_SEEN = 100_000;

  private record Lease(SessionInfo session, long until) {}

  /** By user, then by session. */
  private final ConcurrentHashMap<String, Map<String, Lease>> leases = new ConcurrentHashMap<>();

  private final Cache<String, Long> lastSeen = Caffeine.newBuilder().maximumSize(LAST_SEEN).build();

  @Override
  public void register(SessionInfo session, long leaseUntil) {
    leases.compute(
        session.userId(),
        (userId, present) -> {
          Map<String, Lease> ofUser = present == null ? new HashMap<>() : new HashMap<>(present);
          ofUser.put(session.sessionId(), new Lease(session, leaseUntil));
          return ofUser;
        });
  }

  @Override
  public void renew(Collection<SessionInfo> sessions, long leaseUntil) {
    sessions.forEach(session -> register(session, leaseUntil));
  }

  @Override
  public void unregister(SessionInfo session, long now) {
    lastSeen.asMap().merge(session.userId(), now, Math::max);
    leases.computeIfPresent(
        session.userId(),
        (userId, present) -> {
          Map<String, Lease> rest = new HashMap<>(present);
          rest.remove(session.sessionId());
          return rest.isEmpty() ? null : rest;
        });
  }

  @Override
  public Map<String, List<SessionInfo>> find(Collection<String> userIds, long now) {
    Map<String, List<SessionInfo>> found = new HashMap<>();
    for (String userId : userIds) {
      List<SessionInfo> live =
          leases.getOrDefault(userId, Map.of()).values().stream()
              .filter(lease -> lease.until() > now)
              .map(Lease::session)
              .toList();
      if (!live.isEmpty()) {
        found.put(userId, live);
      }
    }
    return found;
  }

  @Override
  public OptionalLong lastSeen(String userId) {
    Long time = lastSeen.getIfPresent(userId);
    return time == null ? OptionalLong.empty() : OptionalLong.of(time);
  }
}
