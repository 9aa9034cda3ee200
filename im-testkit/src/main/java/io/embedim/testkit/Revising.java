package io.embedim.testkit;

import io.embedim.core.ReviseCommand;
import io.embedim.core.ReviseCommand.Change;
import io.embedim.spi.model.Content;
import io.embedim.spi.model.ContentType;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.MessageOptions;
import io.embedim.spi.model.Revision;

/** What a device knows of its own revisions, because the answer does not repeat it. */
final class Revising {

  private static final Content NOTHING = new Content(ContentType.TEXT, "{}", "");

  private Revising() {}

  static EntryDraft draft(String userId, String messageId, ReviseCommand command) {
    String target = command.targetMessageId();
    Change change = command.change();
    Content content = NOTHING;
    Revision revision = new Revision.Revoke(target);
    if (change instanceof Change.Edit edit) {
      content = edit.content();
      revision = new Revision.Edit(target, content, false);
    } else if (change instanceof Change.React react) {
      revision = new Revision.React(target, react.emoji(), react.added(), 1);
    } else if (change instanceof Change.Pin pin) {
      revision = new Revision.Pin(target, pin.pinned(), 1);
    }
    return new EntryDraft(
        command.conversationId(),
        revision.type(),
        messageId,
        userId,
        content,
        MessageOptions.NONE,
        revision);
  }
}
