package io.embedim.core;

import io.embedim.spi.model.ConversationId;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a stretch of a conversation's log.
 *
 * @param conversationId which
 * @param afterSeq the entries behind this one, oldest first kept; null when {@code beforeSeq} is
 *     meant
 * @param beforeSeq the entries before this one, newest kept; null with a null {@code afterSeq} for
 *     the log's end
 * @param limit 1 to 100
 */
public record HistoryQuery(
    ConversationId conversationId, @Nullable Long afterSeq, @Nullable Long beforeSeq, int limit) {}
