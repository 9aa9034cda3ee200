package io.embedim.core;

import io.embedim.spi.model.Content;
import io.embedim.spi.model.ConversationId;
import org.jspecify.annotations.Nullable;

/**
 * Something to be done to an earlier message.
 *
 * @param conversationId where the message is
 * @param targetMessageId which message
 * @param change what is to be done to it
 * @param messageId the idempotency key of this command; null lets the engine make one
 */
public record ReviseCommand(
    ConversationId conversationId,
    String targetMessageId,
    Change change,
    @Nullable String messageId) {

  /** A command without a key of its own, as the host's own code would give it. */
  public static ReviseCommand of(
      ConversationId conversationId, String targetMessageId, Change change) {
    return new ReviseCommand(conversationId, targetMessageId, change, null);
  }

  /** What can be done to a message. */
  public sealed interface Change {

    /** It says nothing any more. */
    record Revoke() implements Change {}

    /**
     * It says something else.
     *
     * @param content of the type that the message has; at most 16 KiB of UTF-8
     */
    record Edit(Content content) implements Change {}

    /**
     * The caller reacts to it, or takes the reaction back.
     *
     * @param emoji one emoji of Unicode; with or without variation selectors it is the same one,
     *     and logged fully qualified
     */
    record React(String emoji, boolean added) implements Change {}

    /** It is pinned to the conversation, for everybody in it, or no longer. */
    record Pin(boolean pinned) implements Change {}
  }
}
