package io.embedim.core.internal.session;

import io.embedim.spi.model.ConversationId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a session stands in the conversations that are active. Guarded by its {@link Outbox}. */
final class Positions {

  /** Conversations that a session is kept track of in; beyond that its client has to sync. */
  private static final int MAX_TRACKED = 1_000;

  /** Later than any time. */
  static final long NEVER = Long.MAX_VALUE / 2;

  private final Map<ConversationId, Position> byConversation = new HashMap<>(0);
  private final Deque<Position> behind = new ArrayDeque<>(1);

  @Nullable Position find(ConversationId id) {
    return byConversation.get(id);
  }

  /** The position, begun before {@code seq} when it is new; null when there are too many. */
  @Nullable Position meet(ConversationId id, long seq) {
    Position known = byConversation.get(id);
    if (known != null) {
      return known;
    }
    if (byConversation.size() >= MAX_TRACKED) {
      byConversation.values().removeIf(position -> !position.behind && !position.unacked());
      if (byConversation.size() >= MAX_TRACKED) {
        return null;
      }
    }
    Position position = new Position(id, seq);
    byConversation.put(id, position);
    return position;
  }

  /** From now on this conversation is read from the log. */
  void fallBehind(Position position) {
    if (!position.behind) {
      position.behind = true;
      behind.add(position);
    }
  }

  /** Entries after {@code seq} have to be sent again, from the log. */
  void rewind(Position position, long seq) {
    position.sent = Math.max(position.acked, Math.min(position.sent, seq));
    if (position.sent < position.head) {
      fallBehind(position);
    }
  }

  @Nullable Position nextBehind() {
    return behind.peek();
  }

  boolean anyBehind() {
    return !behind.isEmpty();
  }

  /** When nothing is missing any more, this conversation is delivered live again. */
  void checkCaughtUp(Position position) {
    if (position.behind && position.sent == position.head) {
      position.behind = false;
      behind.remove(position);
    }
  }

  /** Its user does not belong to this conversation any more. */
  void forget(ConversationId id) {
    Position position = byConversation.remove(id);
    if (position != null) {
      behind.remove(position);
    }
  }

  /** Rewinds what was sent before {@code before} and not acknowledged, or leaves it to sync. */
  void redeliver(long before, int times) {
    for (Position position : byConversation.values()) {
      if (position.unacked() && !position.behind && position.unackedSince <= before) {
        if (position.redeliveries < times) {
          position.redeliveries++;
          rewind(position, position.acked);
        } else {
          position.acked = position.sent;
          position.redeliveries = 0;
        }
      }
    }
  }

  /** Since when the oldest entry waits to be acknowledged, in ms; {@link #NEVER} when none does. */
  long oldestUnacked() {
    long oldest = NEVER;
    for (Position position : byConversation.values()) {
      if (position.unacked()) {
        oldest = Math.min(oldest, position.unackedSince);
      }
    }
    return oldest;
  }

  void clear() {
    byConversation.clear();
    behind.clear();
  }
}
