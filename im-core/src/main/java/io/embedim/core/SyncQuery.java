package io.embedim.core;

import io.embedim.spi.model.ConversationId;
import java.util.Map;

/**
 * Asks for what a client has missed.
 *
 * @param cursors up to where it has each conversation that it knows
 * @param limit how many entries of a conversation at most, 1 to 200
 * @param updatedAfter only conversations with activity after this time, in ms since the epoch; 0
 *     for all
 */
public record SyncQuery(Map<ConversationId, Long> cursors, int limit, long updatedAfter) {

  public SyncQuery {
    cursors = Map.copyOf(cursors);
  }
}
