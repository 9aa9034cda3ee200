package io.embedim.spi.store;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.Cursors;

/**
 * A member got further in a conversation.
 *
 * @param conversationId where
 * @param userId who
 * @param to how far, neither cursor behind the end of the log; what is behind the stored cursor
 *     stays as it is stored
 */
public record CursorMove(ConversationId conversationId, String userId, Cursors to) {}
