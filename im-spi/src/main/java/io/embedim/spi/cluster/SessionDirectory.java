package io.embedim.spi.cluster;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Who is online, and where. Entries are leased: those of a node that stops renewing are gone when
 * their lease ends, in the millisecond {@code leaseUntil} itself. A session is the same when its id
 * is.
 *
 * <p>Safe for use by many threads; calls overlap, also from several processes. Methods may block,
 * and are called on the engine's executor. Nothing is null. Where the directory is away, a method
 * throws a {@link io.embedim.spi.store.StoreException}.
 */
public interface SessionDirectory {

  /** Notes a session until {@code leaseUntil}, in ms since the epoch. */
  void register(SessionInfo session, long leaseUntil);

  /** Prolongs leases; those of sessions that are no longer known are noted anew. */
  void renew(Collection<SessionInfo> sessions, long leaseUntil);

  /**
   * Forgets a session, and keeps {@code now} as the time that its user was last seen; a time before
   * the one that is kept is ignored.
   */
  void unregister(SessionInfo session, long now);

  /** The live sessions of these users at {@code now}; users without any are left out. */
  Map<String, List<SessionInfo>> find(Collection<String> userIds, long now);

  /**
   * When a user was last seen, in ms since the epoch; empty where it is not known. An
   * implementation may forget it.
   */
  OptionalLong lastSeen(String userId);
}
