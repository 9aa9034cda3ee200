package io.embedim.wire;

import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.spi.model.ConversationId;
import org.jspecify.annotations.Nullable;

/**
 * Where a frame is addressed to: by {@code to}, by {@code conversation_id}, or by both when they
 * agree. Which conversation that is can depend on who sends it.
 *
 * @param to a user's id, or a group's when {@code group}
 * @param conversationId the conversation
 * @param group whether {@code to} names a group
 */
public record Target(@Nullable String to, @Nullable ConversationId conversationId, boolean group) {

  /**
   * The conversation that {@code userId} means. Whether she takes part in it is not checked here.
   *
   * @throws ImException with {@code invalid_argument} when {@code to} and {@code conversation_id}
   *     name different conversations
   */
  public ConversationId resolve(String userId) {
    if (to == null) {
      if (conversationId == null) {
        throw new ImException(
            ImError.INVALID_ARGUMENT, "to or conversation_id is missing, expected one of them");
      }
      return conversationId;
    }
    ConversationId meant = group ? ConversationId.group(to) : ConversationId.direct(userId, to);
    if (conversationId != null && !conversationId.equals(meant)) {
      throw new ImException(
          ImError.INVALID_ARGUMENT,
          "to and conversation_id name different conversations, expected one of them or the same"
              + " conversation twice");
    }
    return meant;
  }
}
