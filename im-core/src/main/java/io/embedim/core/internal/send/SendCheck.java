package io.embedim.core.internal.send;

import io.embedim.core.ImException;
import io.embedim.spi.model.Membership;

/**
 * Decides whether something may be committed. Asked again, on the lane, when the membership turns
 * out to be another one.
 */
@FunctionalInterface
interface SendCheck {

  /**
   * @param now in ms since the epoch
   * @throws ImException when it may not be committed on this membership
   */
  void check(Membership membership, long now);
}
