package io.embedim.spi.hook;

import java.util.Collection;
import java.util.Set;

/**
 * The host's say in who may see whose presence. Asked when somebody looks at users, and for each
 * follower of a user who comes or goes, so it should answer from memory. Called on the engine's
 * executor; calls overlap; may block. Nothing is null. Where it throws, nothing is shown: whoever
 * asked is told {@code unavailable}, a follower nothing.
 */
@FunctionalInterface
public interface PresencePolicy {

  /** Shows everybody to everybody. */
  PresencePolicy EVERYBODY = (viewerId, userIds) -> Set.copyOf(userIds);

  /**
   * Those of these users whose presence somebody may see. The others look to her as if they had
   * never been online.
   *
   * @param viewerId who looks
   * @param userIds one or more well-formed user ids
   */
  Set<String> visible(String viewerId, Collection<String> userIds);
}
