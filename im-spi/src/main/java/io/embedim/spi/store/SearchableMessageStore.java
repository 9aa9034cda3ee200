package io.embedim.spi.store;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.LogEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message store that can look for text. */
public interface SearchableMessageStore extends MessageStore {

  /**
   * Finds messages that contain what is asked for, newest first. Only messages that the user may
   * see: her own conversations, from her visible beginning, not cleared, not deleted by her, not
   * revoked, not expired.
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
   */
  record Search(
      String userId,
      String text,
      @Nullable ConversationId conversationId,
      @Nullable String senderId,
      long from,
      long until,
      @Nullable Position after,
      int limit) {}

  /** A place in the order of the results. */
  record Position(long timestamp, ConversationId conversationId, long seq) {}
}
