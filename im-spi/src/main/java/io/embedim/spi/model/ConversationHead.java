package io.embedim.spi.model;

/**
 * The end of a conversation's log.
 *
 * @param id the conversation
 * @param maxSeq the last assigned sequence; 0 when nothing was logged
 * @param updatedAt the time of the last entry in ms since the epoch; 0 when nothing was logged
 */
public record ConversationHead(ConversationId id, long maxSeq, long updatedAt) {}
