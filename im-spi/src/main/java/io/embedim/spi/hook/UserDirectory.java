package io.embedim.spi.hook;

import java.util.Collection;
import java.util.Set;

/**
 * The host's users; the engine keeps no copy of them, and asks again after minutes. Safe for use by
 * many threads; calls overlap; may block. Nothing is null. Where it throws, whoever needs to know
 * is told {@code unavailable}.
 */
@FunctionalInterface
public interface UserDirectory {

  /** Takes every well-formed user id for a user. */
  UserDirectory EVERYBODY = Set::copyOf;

  /**
   * Those of these ids that name users who may take part.
   *
   * @param userIds one or more well-formed user ids
   */
  Set<String> existing(Collection<String> userIds);
}
