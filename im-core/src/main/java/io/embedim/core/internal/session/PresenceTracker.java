package io.embedim.core.internal.session;

import io.embedim.core.ImException;
import io.embedim.core.PresenceState;
import io.embedim.core.session.ServerFrame;
import io.embedim.spi.cluster.SessionDirectory;
import io.embedim.spi.cluster.SessionInfo;
import io.embedim.spi.hook.ImListener;
import io.embedim.spi.hook.PresencePolicy;
import io.embedim.spi.model.Platform;
import io.embedim.spi.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the directory of sessions true for this node, and tells those who follow a user when she
 * comes and goes.
 */
public final class PresenceTracker {

  private static final Logger LOG = LoggerFactory.getLogger(PresenceTracker.class);

  /** Users that share a lock only wait for each other. */
  private static final int LOCKS = 64;

  private final ReentrantLock[] locks = new ReentrantLock[LOCKS];
  private final SessionDirectory directory;
  private final PresencePolicy policy;
  private final List<ImListener> listeners;
  private final Clock clock;
  private final long leaseMillis;
  private final ConcurrentHashMap<String, Set<LiveSession>> followers = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<LiveSession, Set<String>> followed = new ConcurrentHashMap<>();

  /**
   * @param lease how long an entry of the directory outlives its last renewal
   */
  public PresenceTracker(
      SessionDirectory directory,
      PresencePolicy policy,
      List<ImListener> listeners,
      Clock clock,
      Duration lease) {
    this.directory = directory;
    this.policy = policy;
    this.listeners = listeners;
    this.clock = clock;
    this.leaseMillis = lease.toMillis();
    Arrays.setAll(locks, i -> new ReentrantLock());
  }

  /** A session began. Blocks. */
  public void connected(SessionInfo session) {
    record(session.userId(), () -> directory.register(session, leaseEnd()));
    listeners.forEach(listener -> tell(listener, heard -> heard.onConnected(session)));
  }

  /** A session ended. Blocks. */
  public void disconnected(SessionInfo session) {
    record(session.userId(), () -> directory.unregister(session, clock.millis()));
    listeners.forEach(listener -> tell(listener, heard -> heard.onDisconnected(session)));
  }

  /** Prolongs the leases of these sessions. Blocks. */
  public void renew(Collection<List<LiveSession>> sessions) {
    List<SessionInfo> infos = new ArrayList<>();
    sessions.forEach(ofUser -> ofUser.forEach(session -> infos.add(session.info())));
    if (!infos.isEmpty()) {
      directory.renew(infos, leaseEnd());
    }
  }

  /** The states of these users, in the order of the question. Blocks. */
  public List<PresenceState> states(Collection<String> userIds) {
    Map<String, List<SessionInfo>> sessions = directory.find(userIds, clock.millis());
    return userIds.stream()
        .map(userId -> state(userId, sessions.getOrDefault(userId, List.of())))
        .toList();
  }

  /**
   * The states of these users as somebody may see them; those that she may not see are offline to
   * her. Blocks.
   *
   * @throws ImException {@code unavailable}
   */
  public List<PresenceState> statesFor(String viewerId, Collection<String> userIds) {
    if (userIds.isEmpty()) {
      return List.of();
    }
    Set<String> visible;
    try {
      visible = policy.visible(viewerId, userIds);
    } catch (RuntimeException e) {
      throw ImException.unavailable("it cannot be told who may be seen, try again", e);
    }
    return states(userIds).stream()
        .map(
            state ->
                visible.contains(state.userId())
                    ? state
                    : new PresenceState(state.userId(), Set.of(), null))
        .toList();
  }

  /**
   * From now on the session is told when these users come and go.
   *
   * @return false when it would follow more than {@code limit}; then nothing changes
   */
  public boolean follow(LiveSession session, Collection<String> userIds, int limit) {
    boolean[] accepted = new boolean[1];
    followed.compute(
        session,
        (key, present) -> {
          Set<String> all = present == null ? new HashSet<>() : new HashSet<>(present);
          all.addAll(userIds);
          accepted[0] = all.size() <= limit;
          return accepted[0] ? all : present;
        });
    if (accepted[0]) {
      userIds.forEach(userId -> remember(session, userId));
      if (session.gone()) {
        forget(session);
      }
    }
    return accepted[0];
  }

  /** The session is no longer told of these users. */
  public void unfollow(LiveSession session, Collection<String> userIds) {
    followed.computeIfPresent(
        session,
        (key, present) -> {
          Set<String> rest = new HashSet<>(present);
          rest.removeAll(userIds);
          return rest.isEmpty() ? null : rest;
        });
    userIds.forEach(userId -> forget(session, userId));
  }

  /** The session is gone. */
  public void forget(LiveSession session) {
    Set<String> userIds = followed.remove(session);
    if (userIds != null) {
      userIds.forEach(userId -> forget(session, userId));
    }
  }

  private void remember(LiveSession session, String userId) {
    followers.compute(
        userId,
        (key, present) -> {
          Set<LiveSession> sessions = present == null ? ConcurrentHashMap.newKeySet() : present;
          sessions.add(session);
          return sessions;
        });
  }

  private void forget(LiveSession session, String userId) {
    followers.computeIfPresent(
        userId,
        (key, sessions) -> {
          sessions.remove(session);
          return sessions.isEmpty() ? null : sessions;
        });
  }

  /** One change of a user at a time, so that followers hear the last one last. */
  private void record(String userId, Runnable change) {
    ReentrantLock lock = locks[Math.floorMod(userId.hashCode(), LOCKS)];
    lock.lock();
    try {
      change.run();
      notifyFollowers(userId);
    } catch (StoreException e) {
      LOG.warn("the presence of {} could not be recorded; the next renewal repeats it", userId, e);
    } finally {
      lock.unlock();
    }
  }

  private void notifyFollowers(String userId) {
    Set<LiveSession> interested = followers.get(userId);
    if (interested != null) {
      PresenceState state = states(List.of(userId)).get(0);
      SharedFrame frame = new SharedFrame(new ServerFrame.PresenceChanged(state));
      for (LiveSession session : interested) {
        if (mayHear(session, userId)) {
          session.tell(frame);
        }
      }
    }
  }

  private boolean mayHear(LiveSession session, String userId) {
    try {
      return policy.visible(session.info().userId(), List.of(userId)).contains(userId);
    } catch (RuntimeException e) {
      LOG.error("it cannot be told who may see {}, so nobody is told of her", userId, e);
      return false;
    }
  }

  private PresenceState state(String userId, List<SessionInfo> sessions) {
    Set<Platform> platforms = EnumSet.noneOf(Platform.class);
    sessions.forEach(session -> platforms.add(session.platform()));
    return new PresenceState(userId, platforms, platforms.isEmpty() ? lastSeen(userId) : null);
  }

  private @Nullable Long lastSeen(String userId) {
    OptionalLong time = directory.lastSeen(userId);
    return time.isPresent() ? time.getAsLong() : null;
  }

  private long leaseEnd() {
    return clock.millis() + leaseMillis;
  }

  private static void tell(ImListener listener, Consumer<ImListener> event) {
    try {
      event.accept(listener);
    } catch (RuntimeException e) {
      LOG.error("a listener failed", e);
    }
  }
}
