package io.embedim.spi.store;

import io.embedim.spi.model.ConversationHead;
import io.embedim.spi.model.ConversationId;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A page of a user's conversations in the order of their last activity.
 *
 * @param userId whose
 * @param order which come first
 * @param after the place to continue behind; null for the beginning
 * @param limit how many at most, 1 or more
 */
public record ConversationQuery(String userId, Order order, @Nullable Position after, int limit) {

  /** The order, and what it is for. */
  public enum Order {
    /** The conversation list: newest activity first, without what the user hid. */
    NEWEST_FIRST,
    /** Synchronisation: oldest activity first, hidden conversations included. */
    OLDEST_FIRST;

    private static final Comparator<ConversationHead> BY_TIME =
        Comparator.comparingLong(ConversationHead::updatedAt);

    /** The order; among equals by id. */
    public Comparator<ConversationHead> comparator() {
      return (this == NEWEST_FIRST ? BY_TIME.reversed() : BY_TIME)
          .thenComparing(ConversationHead::id);
    }
  }

  /**
   * A place in the order: by time, among equals by id (ascending in both orders).
   *
   * @param updatedAt the time of the last entry, in ms since the epoch
   * @param id the conversation
   */
  public record Position(long updatedAt, ConversationId id) {

    private static final ConversationId LOWEST = new ConversationId("-:-");

    /** The place before all conversations with activity at this time or later, oldest first. */
    public static Position from(long updatedAt) {
      return new Position(updatedAt - 1, LOWEST);
    }
  }
}
