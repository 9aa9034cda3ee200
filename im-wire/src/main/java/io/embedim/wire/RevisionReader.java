package io.embedim.wire;

import io.embedim.core.ReviseCommand;
import io.embedim.core.ReviseCommand.Change;
import io.embedim.spi.model.ConversationId;
import org.jspecify.annotations.Nullable;

/** Reads what somebody wants to do to an earlier message, from a frame or from parameters. */
final class RevisionReader {

  private final ContentReader contents;

  RevisionReader(ContentReader contents) {
    this.contents = contents;
  }

  /** A command as a frame of type 22, 24, 25 or 26 says it. */
  ReviseCommand ofFrame(Envelope envelope, ConversationId id, Parameters content, int type) {
    String target = content.requiredId("target_message_id", IdKind.MESSAGE);
    // From the text that came: it keeps the digits of numbers.
    String said = envelope.content == null ? content.json() : envelope.content;
    Change change = change(type, content, said, envelope.contentType);
    return new ReviseCommand(id, target, change, envelope.messageId);
  }

  /**
   * A command as the parameters of an operation say it.
   *
   * @param type that of the frame which does the same
   */
  ReviseCommand ofParameters(Parameters parameters, int type) {
    return new ReviseCommand(
        parameters.conversationId(),
        parameters.requiredId("message_id", IdKind.MESSAGE),
        change(
            type,
            parameters,
            parameters.json(),
            parameters.number("content_type", Long.MIN_VALUE, Long.MAX_VALUE)),
        parameters.id("command_id", IdKind.MESSAGE));
  }

  private Change change(int type, Parameters fields, String json, @Nullable Long contentType) {
    return switch (type) {
      case FrameType.REVOKE -> new Change.Revoke();
      case FrameType.EDIT ->
          new Change.Edit(contents.in(json, contentType, fields.path("content")));
      case FrameType.REACTION -> new Change.React(fields.requiredString("emoji"), adds(fields));
      case FrameType.PIN -> new Change.Pin(adds(fields));
      default -> throw new IllegalArgumentException("type " + type + " revises nothing");
    };
  }

  private static boolean adds(Parameters fields) {
    String op = fields.requiredString("op");
    if (!op.equals(EntryJson.ADD) && !op.equals(EntryJson.REMOVE)) {
      throw Parameters.invalid(
          fields.path("op") + " is something else, expected \"add\" or \"remove\"");
    }
    return op.equals(EntryJson.ADD);
  }
}
