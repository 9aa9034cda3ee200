package io.embedim.core.memory;

import static java.util.Objects.requireNonNull;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.Member;
import io.embedim.spi.model.Membership;
import java.util.HashMap;
import java.util.Map;

/**
 * Which sides of a one-to-one conversation may speak, at which version. Only under the
 * conversation's lock.
 */
final class DirectState {

  private final Map<String, Participant> sides;
  private long version = Membership.DIRECT_VERSION;

  DirectState(Map<String, Participant> sides) {
    this.sides = sides;
  }

  long version() {
    return version;
  }

  /** One side may not speak any more; false when that was so before. */
  boolean block(String userId) {
    return mute(userId, Member.BLOCKED);
  }

  /** One side may speak again; false when that was so before. */
  boolean unblock(String userId) {
    return mute(userId, 0);
  }

  Membership membership(ConversationId id) {
    Map<String, Member> members = new HashMap<>();
    sides.forEach((userId, side) -> members.put(userId, side.member()));
    return new Membership(id, version, true, false, members);
  }

  private boolean mute(String userId, long until) {
    Participant side = requireNonNull(sides.get(userId));
    if (side.member().mutedUntil() == until) {
      return false;
    }
    side.become(side.member().withMutedUntil(until));
    version++;
    return true;
  }
}
