package io.embedim.core;

import io.embedim.spi.model.Content;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.MessageOptions;
import org.jspecify.annotations.Nullable;

/**
 * A message to be sent.
 *
 * @param conversationId where to; the sender takes part in it
 * @param messageId the idempotency key; null lets the engine make one
 * @param content what is said, at most 16 KiB of UTF-8
 * @param options what else it carries
 * @param stored true (qos 1): logged and acknowledged; false (qos 0): to live sessions only
 */
public record SendCommand(
    ConversationId conversationId,
    @Nullable String messageId,
    Content content,
    MessageOptions options,
    boolean stored) {

  /** A stored text to one user, as the host's own code would send it. */
  public static SendCommand of(ConversationId conversationId, Content content) {
    return new SendCommand(conversationId, null, content, MessageOptions.NONE, true);
  }
}
