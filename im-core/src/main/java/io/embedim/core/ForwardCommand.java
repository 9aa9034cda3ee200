package io.embedim.core;

import io.embedim.spi.model.ConversationId;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Messages to be passed on.
 *
 * @param conversationId where they are
 * @param messageIds which, 1 to 100, in the order in which they are to arrive
 * @param to where to
 * @param merged true: one message that shows them all, as a custom content {@code
 *     {"kind":"merged_forward","items":[{"from","timestamp","content_type","content"}]}}; false:
 *     each becomes a message that says what it said
 * @param messageId the idempotency key; where several messages are sent, each gets its own made of
 *     it. Null lets the engine make them
 */
public record ForwardCommand(
    ConversationId conversationId,
    List<String> messageIds,
    ConversationId to,
    boolean merged,
    @Nullable String messageId) {

  public ForwardCommand {
    messageIds = List.copyOf(messageIds);
  }

  /** The ids of the messages that are sent, in their order; empty when the engine makes them. */
  public List<String> sentIds() {
    if (messageId == null) {
      return List.of();
    }
    return merged || messageIds.size() == 1
        ? List.of(messageId)
        : IntStream.rangeClosed(1, messageIds.size()).mapToObj(i -> messageId + "." + i).toList();
  }
}
