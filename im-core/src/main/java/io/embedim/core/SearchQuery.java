package io.embedim.core;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.store.SearchableMessageStore;
import org.jspecify.annotations.Nullable;

/**
 * Asks for messages that say something.
 *
 * @param text what to look for; see {@link io.embedim.spi.store.SearchText} for what is found by it
 * @param conversationId only here; null for all of the user's conversations
 * @param senderId only from this user; null for anybody
 * @param from not before this time in ms since the epoch; 0 for the beginning
 * @param until before this time in ms since the epoch; {@link Long#MAX_VALUE} for no end
 * @param after continue behind this place, that of the last message of the page before; null to
 *     begin
 * @param limit 1 to 100
 */
public record SearchQuery(
    String text,
    @Nullable ConversationId conversationId,
    @Nullable String senderId,
    long from,
    long until,
    SearchableMessageStore.@Nullable Position after,
    int limit) {

  /** Everywhere, from anybody, at any time. */
  public static SearchQuery of(String text, int limit) {
    return new SearchQuery(text, null, null, 0, Long.MAX_VALUE, null, limit);
  }
}
