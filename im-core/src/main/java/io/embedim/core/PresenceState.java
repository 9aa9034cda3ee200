package io.embedim.core;

import io.embedim.spi.model.Platform;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a user can be reached live.
 *
 * @param userId who
 * @param platforms on what kinds of clients she has live sessions; empty when she is offline
 * @param lastSeen when her last session ended, in ms since the epoch; null while she is online and
 *     when it is not known
 */
public record PresenceState(String userId, Set<Platform> platforms, @Nullable Long lastSeen) {

  public PresenceState {
    platforms = Set.copyOf(platforms);
  }

  public boolean online() {
    return !platforms.isEmpty();
  }
}
