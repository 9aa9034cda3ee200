package io.embedim.store.jdbc;

import io.embedim.spi.model.Content;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.MessageOptions;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table of messages. Revisions and reactions lie in tables of their own.
 *
 * @param reactionKinds how many different reactions it has
 */
record EntryRow(
    ConversationId conversationId,
    long seq,
    String messageId,
    EntryType type,
    String senderId,
    long timestamp,
    Content content,
    MessageOptions options,
    boolean revoked,
    @Nullable Long editedAt,
    boolean pinned,
    int reactionKinds) {

  EntryPlace place() {
    return new EntryPlace(conversationId, seq);
  }

  boolean isRevision() {
    return type.kind() == EntryType.Kind.REVISION;
  }
}
