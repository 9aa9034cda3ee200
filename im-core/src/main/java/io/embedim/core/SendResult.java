package io.embedim.core;

import io.embedim.spi.model.ConversationId;

/**
 * A message was accepted: for a stored one, it is committed.
 *
 * @param messageId the message's id, the client's or the one the engine made
 * @param conversationId where
 * @param seq its position in the log; 0 when it was not stored
 * @param timestamp the time of its commit in ms since the epoch
 * @param duplicate whether it had been committed before; then seq and timestamp are the first one's
 */
public record SendResult(
    String messageId, ConversationId conversationId, long seq, long timestamp, boolean duplicate) {}
