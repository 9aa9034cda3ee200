package io.embedim.core;

import io.embedim.spi.model.ConversationView;
import io.embedim.spi.model.LogEntry;
import java.util.List;

/**
 * What a client has missed, as far as it fits.
 *
 * @param conversations those with entries that the client does not have, oldest activity first
 * @param hasMore whether the same question with advanced cursors would give more
 * @param serverTime what to pass as {@code updatedAfter} once nothing more is to come, in ms since
 *     the epoch
 */
public record SyncPage(List<Missed> conversations, boolean hasMore, long serverTime) {

  /**
   * What was missed in one conversation.
   *
   * @param conversation as the user sees it now
   * @param entries in ascending order of sequence, from behind the cursor; without a cursor the
   *     newest
   * @param hasMore whether the log goes on behind the last of them
   */
  public record Missed(ConversationView conversation, List<LogEntry> entries, boolean hasMore) {}
}
