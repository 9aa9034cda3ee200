package io.embedim.testkit.engine;

import io.embedim.core.SendCommand;
import io.embedim.spi.model.Content;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.MessageOptions;
import java.util.List;

/** Messages that are about to be sent. */
final class Commands {

  private Commands() {}

  static SendCommand text(ConversationId id, String messageId, String text) {
    return new SendCommand(id, messageId, Content.text(text), MessageOptions.NONE, true);
  }

  static SendCommand unstored(ConversationId id, String text) {
    return new SendCommand(id, null, Content.text(text), MessageOptions.NONE, false);
  }

  static SendCommand with(ConversationId id, MessageOptions options) {
    return new SendCommand(id, null, Content.text("with options"), options, true);
  }

  static SendCommand with(ConversationId id, Content content) {
    return new SendCommand(id, null, content, MessageOptions.NONE, true);
  }

  static SendCommand replyTo(ConversationId id, String replyTo) {
    return with(id, new MessageOptions(null, replyTo, List.of(), null, 0));
  }

  static SendCommand expiring(ConversationId id, String text, long seconds) {
    return new SendCommand(
        id,
        null,
        Content.text(text),
        new MessageOptions(null, null, List.of(), null, seconds),
        true);
  }
}
