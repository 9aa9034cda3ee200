package io.embedim.spi.model;

import java.util.List;
import java.util.Set;

/**
 * What is different in a group's membership from an older version of it.
 *
 * @param version the version of now; the older one when nothing changed
 * @param active whether messages are accepted now
 * @param allMuted whether only the owner and admins may speak now
 * @param changed members of now who are not in the older version, or are there otherwise; each once
 * @param gone who may be in the older version and is no member now
 */
public record MembershipDelta(
    long version, boolean active, boolean allMuted, List<Member> changed, Set<String> gone) {

  public MembershipDelta {
    changed = List.copyOf(changed);
    gone = Set.copyOf(gone);
  }
}
