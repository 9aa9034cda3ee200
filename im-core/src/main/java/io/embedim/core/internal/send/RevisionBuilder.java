package io.embedim.core.internal.send;

import io.embedim.core.Caller;
import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.core.MessageRules;
import io.embedim.core.ReviseCommand;
import io.embedim.core.ReviseCommand.Change;
import io.embedim.spi.model.Content;
import io.embedim.spi.model.ContentType;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.Ids;
import io.embedim.spi.model.MessageOptions;
import io.embedim.spi.model.Revision;
import java.util.function.Supplier;

/** Makes a draft of what somebody wants to do to a message, or says what is wrong with it. */
public final class RevisionBuilder {

  /** A revision but an edit says nothing itself. */
  private static final Content NOTHING = new Content(ContentType.TEXT, "{}", "");

  private final DraftBuilder drafts;
  private final Supplier<String> ids;
  private final MessageRules settings;

  public RevisionBuilder(DraftBuilder drafts, Supplier<String> ids, MessageRules settings) {
    this.drafts = drafts;
    this.ids = ids;
    this.settings = settings;
  }

  /**
   * A revision by a user, or by the system.
   *
   * @throws ImException {@code invalid_argument} or {@code content_too_large}
   */
  public EntryDraft revision(Caller caller, ReviseCommand command) {
    if (!Ids.isMessageId(command.targetMessageId())) {
      throw invalid("target_message_id: expected 1 to 64 characters of A-Za-z0-9_.:-");
    }
    Change change = command.change();
    Revision revision = revision(command.targetMessageId(), change);
    EntryDraft draft =
        new EntryDraft(
            command.conversationId(),
            revision.type(),
            command.messageId() == null ? ids.get() : command.messageId(),
            caller.userId(),
            change instanceof Change.Edit edit ? edit.content() : NOTHING,
            MessageOptions.NONE,
            revision);
    drafts.check(draft);
    return draft;
  }

  private Revision revision(String target, Change change) {
    if (change instanceof Change.Edit edit) {
      return new Revision.Edit(target, edit.content(), settings.keepsEdits());
    }
    if (change instanceof Change.React react) {
      return new Revision.React(
          target, ReactionEmoji.of(react.emoji()), react.added(), settings.reactionKinds());
    }
    if (change instanceof Change.Pin pin) {
      return new Revision.Pin(target, pin.pinned(), settings.pinnedMessages());
    }
    return new Revision.Revoke(target);
  }

  private static ImException invalid(String message) {
    return new ImException(ImError.INVALID_ARGUMENT, message);
  }
}
