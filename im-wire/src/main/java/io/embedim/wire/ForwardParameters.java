package io.embedim.wire;

import io.embedim.core.ForwardCommand;
import io.embedim.spi.model.ConversationId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be passed on, as the parameters of an operation say it.
 *
 * @param target where to
 * @param commandId the key of the command; null when it has none
 */
record ForwardParameters(
    ConversationId id,
    List<String> messageIds,
    Target target,
    boolean merged,
    @Nullable String commandId) {

  /**
   * @throws io.embedim.core.ImException with {@code invalid_argument}
   */
  static ForwardParameters of(Parameters parameters) {
    Boolean merge = parameters.flag("merge");
    return new ForwardParameters(
        parameters.conversationId(),
        List.copyOf(
            parameters.requiredIds("message_ids", MessageOperations.MAX_NAMED, IdKind.MESSAGE)),
        target(parameters),
        merge != null && merge,
        parameters.id("command_id", IdKind.MESSAGE));
  }

  private static Target target(Parameters parameters) {
    Long type = parameters.number("type", FrameType.SINGLE_CHAT, FrameType.GROUP_CHAT);
    String to = parameters.id("to", IdKind.USER);
    ConversationId id = parameters.conversationId("target_conversation_id");
    if (to == null && id == null) {
      throw Parameters.invalid("to and target_conversation_id are missing, expected one of them");
    }
    if (to != null && type == null) {
      throw Parameters.invalid("type is missing, expected 1 for a user or 2 for a group in to");
    }
    boolean group = type == null ? id != null && id.isGroup() : type == FrameType.GROUP_CHAT;
    if (id != null && id.isGroup() != group) {
      throw Parameters.invalid(
          "target_conversation_id is not of that type, expected a group's for type 2");
    }
    return new Target(to, id, group);
  }

  /**
   * The command as {@code userId} means it.
   *
   * @throws io.embedim.core.ImException with {@code invalid_argument} when it has two different
   *     addresses
   */
  ForwardCommand command(String userId) {
    return new ForwardCommand(id, messageIds, target.resolve(userId), merged, commandId);
  }
}
