package io.embedim.spi.store;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.LogEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message store that can look for text. */
public interface SearchableMessageStore extends MessageStore {

  /**
   * Finds messages whose plain text contains what is asked for. Only messages that the user may
   * see: her own conversations, from her visible beginning, not cleared, not deleted by her, not
   * revoked, not expired. An edited message is found by what it says now.
   *
   * <p>The newest come first; among equals by conversation id and then by descending seq. The
   * letters A to Z match in either case; whether others do, the database decides.
   */
  List<LogEntry> search(Search search);

  /**
   * What to look for.
   *
   * @param userId on whose behalf
   * @param text what the message's plain text has to contain, not empty
   * @param conversationId only here; null for all of the user's conversations
   * @param senderId only from this user; null for anybody
   * @param from not before this time in ms since the epoch
   * @param until before this time in ms since the epoch
   * @param after continue behind this position; null for the beginning
   * @param limit how many at most, 1 or more
   * @param now the time that decides what has expired, in ms since the epoch
   */
  record Search(
      String userId,
      String text,
      @Nullable ConversationId conversationId,
      @Nullable String senderId,
      long from,
      long until,
      @Nullable Position after,
      int limit,
      long now) {}

  /**
   * A place in the order of the results.
   *
   * @param timestamp the message's time, in ms since the epoch
   * @param conversationId where it was said
   * @param seq which one it is
   */
  record Position(long timestamp, ConversationId conversationId, long seq) {}
}
