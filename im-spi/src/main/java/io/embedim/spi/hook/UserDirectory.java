package io.embedim.spi.hook;

import java.util.Collection;
import java.util.Set;

/** The host's users; the engine keeps no copy of them. Safe for use by many threads; may block. */
@FunctionalInterface
public interface UserDirectory {

  /** Takes every well-formed user id for a user. */
  UserDirectory EVERYBODY = Set::copyOf;

  /** Those of these ids that name users who may take part. */
  Set<String> existing(Collection<String> userIds);
}
