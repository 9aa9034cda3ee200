package io.embedim.core.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.embedim.spi.cluster.SessionDirectory;
import io.embedim.spi.cluster.SessionInfo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Who is online, for an engine that is alone. Sessions whose lease ended are swept out by whoever
 * happens to ask, at most once a minute; when somebody was last seen is remembered for a bounded
 * number of users.
 */
public final class MemorySessionDirectory implements SessionDirectory {

  /** For how many users it is remembered when they were last seen, unless told otherwise. */
  public static final int DEFAULT_REMEMBERED_USERS = 100_000;

  private static final long SWEEP_MILLIS = TimeUnit.MINUTES.toMillis(1);

  private record Leased(SessionInfo session, long until) {}

  /** The lists are replaced, never changed. */
  private final Map<String, List<Leased>> sessionsByUser = new ConcurrentHashMap<>();

  private final Cache<String, Long> lastSeenByUser;
  private final AtomicLong nextSweep = new AtomicLong(Long.MIN_VALUE);

  /** Makes an empty directory that remembers {@value #DEFAULT_REMEMBERED_USERS} absent users. */
  public MemorySessionDirectory() {
    this(DEFAULT_REMEMBERED_USERS);
  }

  /**
   * Makes an empty directory.
   *
   * @param rememberedUsers for how many users it is remembered when they were last seen, 0 or more
   * @throws IllegalArgumentException when the number is negative
   */
  public MemorySessionDirectory(int rememberedUsers) {
    if (rememberedUsers < 0) {
      throw new IllegalArgumentException(
          "rememberedUsers is " + rememberedUsers + ", expected 0 or more");
    }
    this.lastSeenByUser =
        Caffeine.newBuilder().maximumSize(rememberedUsers).executor(Runnable::run).build();
  }

  @Override
  public void register(SessionInfo session, long leaseUntil) {
    sessionsByUser.compute(
        session.userId(), (userId, known) -> with(known, new Leased(session, leaseUntil)));
  }

  @Override
  public void renew(Collection<SessionInfo> sessions, long leaseUntil) {
    sessions.forEach(session -> register(session, leaseUntil));
  }

  @Override
  public void unregister(SessionInfo session, long now) {
    sessionsByUser.computeIfPresent(
        session.userId(), (userId, known) -> orNull(without(known, session)));
    lastSeenByUser.asMap().merge(session.userId(), now, Math::max);
    sweep(now);
  }

  @Override
  public Map<String, List<SessionInfo>> find(Collection<String> userIds, long now) {
    sweep(now);
    Map<String, List<SessionInfo>> found = new LinkedHashMap<>();
    for (String userId : userIds) {
      List<SessionInfo> live =
          sessionsByUser.getOrDefault(userId, List.of()).stream()
              .filter(leased -> leased.until() > now)
              .map(Leased::session)
              .toList();
      if (!live.isEmpty()) {
        found.put(userId, live);
      }
    }
    return found;
  }

  @Override
  public OptionalLong lastSeen(String userId) {
    Long lastSeen = lastSeenByUser.getIfPresent(userId);
    return lastSeen == null ? OptionalLong.empty() : OptionalLong.of(lastSeen);
  }

  /** How many sessions it holds, those included whose lease ended since the last sweep. */
  int heldSessions() {
    return sessionsByUser.values().stream().mapToInt(List::size).sum();
  }

  /** For how many users it is remembered when they were last seen. */
  long rememberedUsers() {
    lastSeenByUser.cleanUp();
    return lastSeenByUser.estimatedSize();
  }

  private void sweep(long now) {
    long due = nextSweep.get();
    if (now >= due && nextSweep.compareAndSet(due, now + SWEEP_MILLIS)) {
      for (String userId : sessionsByUser.keySet()) {
        sessionsByUser.computeIfPresent(
            userId,
            (same, known) ->
                orNull(known.stream().filter(leased -> leased.until() > now).toList()));
      }
    }
  }

  private static List<Leased> with(@Nullable List<Leased> known, Leased leased) {
    List<Leased> all =
        new ArrayList<>(known == null ? List.of() : without(known, leased.session()));
    all.add(leased);
    return all;
  }

  private static List<Leased> without(List<Leased> known, SessionInfo session) {
    return known.stream()
        .filter(leased -> !leased.session().sessionId().equals(session.sessionId()))
        .toList();
  }

  /** The map holds no empty lists. */
  private static @Nullable List<Leased> orNull(List<Leased> sessions) {
    return sessions.isEmpty() ? null : sessions;
  }
}
