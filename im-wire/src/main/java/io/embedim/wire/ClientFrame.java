package io.embedim.wire;

import io.embedim.core.ImError;
import io.embedim.core.ReviseCommand;
import io.embedim.core.SendCommand;
import io.embedim.spi.model.Content;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.MessageOptions;
import io.embedim.spi.model.Platform;
import org.jspecify.annotations.Nullable;

/** What a client said. Every frame may carry a {@code message_id}, which its answer echoes. */
public sealed interface ClientFrame {

  /** The frame's own name; null when the client gave none, or none that is valid. */
  @Nullable String messageId();

  /**
   * A message (type 1).
   *
   * @param target where to
   * @param content what is said
   * @param options what else it carries
   * @param stored qos 1; otherwise qos 0
   */
  record Chat(
      @Nullable String messageId,
      Target target,
      Content content,
      MessageOptions options,
      boolean stored)
      implements ClientFrame {

    /**
     * The message as {@code userId} means it.
     *
     * @throws io.embedim.core.ImException with {@code invalid_argument} when it has two different
     *     addresses
     */
    SendCommand command(String userId) {
      return new SendCommand(target.resolve(userId), messageId, content, options, stored);
    }
  }

  /** Everything of a conversation up to {@code seq} arrived (type 20). */
  record Received(@Nullable String messageId, ConversationId conversationId, long seq)
      implements ClientFrame {}

  /** One message arrived (type 20 without a {@code seq}); others before it may be missing. */
  record ReceivedOne(String messageId, ConversationId conversationId) implements ClientFrame {}

  /** Everything of a conversation up to {@code lastReadSeq} was read (type 21). */
  record Read(@Nullable String messageId, ConversationId conversationId, long lastReadSeq)
      implements ClientFrame {}

  /** The user is typing (type 23). */
  record Typing(@Nullable String messageId, Target target) implements ClientFrame {}

  /** Something is to be done to an earlier message (types 22, 24, 25 and 26). */
  record Revise(ReviseCommand command) implements ClientFrame {
    @Override
    public @Nullable String messageId() {
      return command.messageId();
    }
  }

  /** An operation is asked for (type 40). */
  record Request(@Nullable String messageId, String method, Parameters parameters)
      implements ClientFrame {}

  /**
   * The client shows who it is (type 90).
   *
   * @param deviceId null to leave it as it is
   * @param platform null to leave it as it is
   * @param batched whether it takes several frames joined into one; null to leave it as it is
   */
  record Auth(
      @Nullable String messageId,
      String token,
      @Nullable String deviceId,
      @Nullable Platform platform,
      @Nullable Boolean batched)
      implements ClientFrame {
    @Override
    public String toString() {
      return "Auth[messageId=" + messageId + ", deviceId=" + deviceId + "]";
    }
  }

  /** The client is alive (type 99). */
  record Heartbeat(@Nullable String messageId) implements ClientFrame {}

  /**
   * Something that cannot be taken for a frame.
   *
   * @param error {@code malformed_frame}, {@code unknown_type}, {@code invalid_argument} or {@code
   *     content_too_large}
   * @param problem what was wrong and what was expected
   * @param request whether it was meant as a REQUEST, and is to be answered by a RESPONSE
   */
  record Invalid(@Nullable String messageId, ImError error, String problem, boolean request)
      implements ClientFrame {}
}
