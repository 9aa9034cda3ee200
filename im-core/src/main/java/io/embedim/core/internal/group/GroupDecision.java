package io.embedim.core.internal.group;

import io.embedim.core.ImException;
import io.embedim.spi.model.Group;
import io.embedim.spi.model.Membership;

/**
 * Decides what is to become of a group. Asked again, on what the group is then, when somebody else
 * was faster; so it must have no effect of its own.
 */
@FunctionalInterface
public interface GroupDecision<R> {

  /**
   * @param group what it is; at least as new as {@code membership}
   * @param membership who belongs to it; what is decided is committed on this version only
   * @throws ImException when it is not to be
   */
  GroupStep<R> decide(Group group, Membership membership);
}
