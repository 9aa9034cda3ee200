package io.embedim.core.internal.send;

import io.embedim.core.Caller;
import io.embedim.core.ForwardCommand;
import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.core.SendCommand;
import io.embedim.spi.model.Content;
import io.embedim.spi.model.ContentType;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.MessageOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes messages that pass on others. They say from whom and when the others were, and not in which
 * conversation, which is nothing to those who read them now.
 */
public final class Forwarding {

  private final DraftBuilder drafts;

  public Forwarding(DraftBuilder drafts) {
    this.drafts = drafts;
  }

  /**
   * The messages that are to be sent.
   *
   * @param messages what is passed on; the caller may see them
   * @throws ImException {@code message_not_found}, {@code invalid_argument} or {@code
   *     content_too_large}
   */
  public List<EntryDraft> drafts(Caller caller, ForwardCommand command, List<LogEntry> messages) {
    for (LogEntry message : messages) {
      if (message.state().revoked()) {
        throw new ImException(ImError.MESSAGE_NOT_FOUND, "one of the messages was revoked");
      }
      if (message.draft().options().expiresIn() > 0) {
        throw new ImException(
            ImError.INVALID_ARGUMENT, "a message that destroys itself cannot be forwarded");
      }
    }
    List<String> ids = command.sentIds();
    if (command.merged()) {
      return List.of(draft(caller, command, command.messageId(), merged(messages), null));
    }
    List<EntryDraft> all = new ArrayList<>(messages.size());
    for (int i = 0; i < messages.size(); i++) {
      LogEntry message = messages.get(i);
      String id = ids.isEmpty() ? null : ids.get(i);
      all.add(draft(caller, command, id, message.draft().content(), origin(message)));
    }
    return all;
  }

  private EntryDraft draft(
      Caller caller,
      ForwardCommand command,
      @Nullable String messageId,
      Content content,
      @Nullable String forwardedFrom) {
    return drafts.chat(
        caller,
        new SendCommand(
            command.to(),
            messageId,
            content,
            new MessageOptions(null, null, List.of(), forwardedFrom, 0),
            true));
  }

  /** Where it came from in the first place. */
  private static String origin(LogEntry message) {
    String first = message.draft().options().forwardedFrom();
    return first != null
        ? first
        : "{\"from\":\""
            + message.draft().senderId()
            + "\",\"message_id\":\""
            + message.draft().messageId()
            + "\",\"timestamp\":"
            + message.timestamp()
            + "}";
  }

  private static Content merged(List<LogEntry> messages) {
    String items =
        messages.stream().map(Forwarding::item).collect(Collectors.joining(",", "[", "]"));
    String text =
        messages.stream()
            .map(message -> message.draft().content().plainText())
            .filter(plain -> !plain.isEmpty())
            .collect(Collectors.joining("\n"));
    return new Content(
        ContentType.CUSTOM, "{\"kind\":\"merged_forward\",\"items\":" + items + "}", text);
  }

  /** Ids need no escapes, and a content's body is JSON already. */
  private static String item(LogEntry message) {
    return "{\"from\":\""
        + message.draft().senderId()
        + "\",\"timestamp\":"
        + message.timestamp()
        + ",\"content_type\":"
        + message.draft().content().type().code()
        + ",\"content\":"
        + message.draft().content().body()
        + "}";
  }
}
