package io.embedim.core.internal.send;

import io.embedim.core.Caller;
import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.core.ImSettings;
import io.embedim.core.SendCommand;
import io.embedim.core.internal.TextCheck;
import io.embedim.spi.hook.ContentValidator;
import io.embedim.spi.model.Content;
import io.embedim.spi.model.ContentType;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.Ids;
import io.embedim.spi.model.MessageOptions;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Makes a draft of what somebody wants to send, or says what is wrong with it. */
public final class DraftBuilder {

  private final Supplier<String> ids;
  private final ImSettings settings;
  private final Map<ContentType, ContentValidator> validators;

  public DraftBuilder(
      Supplier<String> ids, ImSettings settings, Map<ContentType, ContentValidator> validators) {
    this.ids = ids;
    this.settings = settings;
    this.validators = Map.copyOf(validators);
  }

  /**
   * A message of a user.
   *
   * @throws ImException {@code invalid_argument} or {@code content_too_large}
   */
  public EntryDraft chat(Caller caller, SendCommand command) {
    if (!Ids.isUserId(caller.userId())) {
      throw invalid("the sender is no user id");
    }
    return draft(
        caller.userId(),
        command.conversationId().isGroup() ? EntryType.GROUP_CHAT : EntryType.SINGLE_CHAT,
        command);
  }

  /**
   * A message of the system.
   *
   * @throws ImException as for {@link #chat}
   */
  public EntryDraft system(SendCommand command) {
    return draft(Ids.SYSTEM_USER, EntryType.SYSTEM, command);
  }

  /**
   * Checks what a draft carries; also for those that the host's interceptors rewrote.
   *
   * @throws ImException as for {@link #chat}
   */
  void check(EntryDraft draft) {
    if (!Ids.isMessageId(draft.messageId())) {
      throw invalid("message_id: expected 1 to 64 characters of A-Za-z0-9_.:-");
    }
    int maxBytes = settings.maxContentBytes();
    if (TextCheck.utf8Length("content", draft.content().body()) > maxBytes
        || TextCheck.utf8Length("the plain text", draft.content().plainText()) > maxBytes) {
      throw new ImException(
          ImError.CONTENT_TOO_LARGE, "content is larger than " + maxBytes + " bytes");
    }
    check(draft.options());
    if (draft.type().kind() == EntryType.Kind.MESSAGE || draft.type() == EntryType.EDIT) {
      askHost(draft.content());
    }
  }

  private void askHost(Content content) {
    ContentValidator validator = validators.get(content.type());
    if (validator != null) {
      validator
          .problem(content)
          .ifPresent(
              problem -> {
                throw invalid(problem);
              });
    }
  }

  private EntryDraft draft(String sender, EntryType type, SendCommand command) {
    EntryDraft draft =
        new EntryDraft(
            command.conversationId(),
            type,
            command.messageId() == null ? ids.get() : command.messageId(),
            sender,
            command.content(),
            command.options(),
            null);
    check(draft);
    return draft;
  }

  private void check(MessageOptions options) {
    List<String> mentions = options.mentions();
    boolean everybody = mentions.size() == 1 && mentions.get(0).equals("*");
    if (mentions.size() > MessageOptions.MAX_MENTIONS || !(everybody || areUserIds(mentions))) {
      throw invalid(
          "mentions: expected at most " + MessageOptions.MAX_MENTIONS + " user ids, or [\"*\"]");
    }
    if (options.expiresIn() > MessageOptions.MAX_EXPIRES_IN) {
      throw invalid("expires_in: expected at most " + MessageOptions.MAX_EXPIRES_IN + " seconds");
    }
    if (options.forwardedFrom() != null
        && TextCheck.utf8Length("forwarded_from", options.forwardedFrom())
            > MessageOptions.MAX_FORWARDED_FROM_BYTES) {
      throw invalid(
          "forwarded_from: expected at most " + MessageOptions.MAX_FORWARDED_FROM_BYTES + " bytes");
    }
    if (options.replyTo() != null && !Ids.isMessageId(options.replyTo())) {
      throw invalid("reply_to: expected a message id");
    }
  }

  /** Without a stream: nearly every message mentions nobody. */
  private static boolean areUserIds(List<String> ids) {
    for (int i = 0; i < ids.size(); i++) {
      if (!Ids.isUserId(ids.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static ImException invalid(String message) {
    return new ImException(ImError.INVALID_ARGUMENT, message);
  }
}
