package io.embedim.testkit.contract;

import io.embedim.spi.model.Content;
import io.embedim.spi.model.ContentType;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.MessageOptions;
import io.embedim.spi.model.Revision;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Entries to be logged. */
final class Drafts {

  private Drafts() {}

  static EntryDraft text(ConversationId id, String senderId, String messageId) {
    return text(id, senderId, messageId, "this is " + messageId);
  }

  static EntryDraft text(ConversationId id, String senderId, String messageId, String text) {
    return message(id, senderId, messageId, Content.text(text), MessageOptions.NONE);
  }

  /** A message that destroys itself. */
  static EntryDraft expiring(
      ConversationId id, String senderId, String messageId, long expiresInSeconds) {
    return message(
        id,
        senderId,
        messageId,
        Content.text("this is " + messageId),
        new MessageOptions(null, null, List.of(), null, expiresInSeconds));
  }

  /** A message that calls upon users, or upon everybody. */
  static EntryDraft mentioning(
      ConversationId id, String senderId, String messageId, String... mentions) {
    return message(
        id,
        senderId,
        messageId,
        Content.text("this is " + messageId),
        new MessageOptions(null, null, List.of(mentions), null, 0));
  }

  static EntryDraft message(
      ConversationId id,
      String senderId,
      String messageId,
      Content content,
      MessageOptions options) {
    EntryType type = id.isGroup() ? EntryType.GROUP_CHAT : EntryType.SINGLE_CHAT;
    return new EntryDraft(id, type, messageId, senderId, content, options, null);
  }

  /** A line that is shown and that nobody said. */
  static EntryDraft event(ConversationId id, String senderId, String messageId) {
    return draft(id, EntryType.GROUP_INFO_UPDATE, messageId, senderId, null);
  }

  static EntryDraft revoke(ConversationId id, String senderId, String messageId, String target) {
    return draft(id, EntryType.REVOKE, messageId, senderId, new Revision.Revoke(target));
  }

  /** An edit after which the message can still be read as it was. */
  static EntryDraft edit(
      ConversationId id, String senderId, String messageId, String target, String text) {
    return edit(id, senderId, messageId, target, text, true);
  }

  /** An edit after which nobody finds what the message said before. */
  static EntryDraft correct(
      ConversationId id, String senderId, String messageId, String target, String text) {
    return edit(id, senderId, messageId, target, text, false);
  }

  private static EntryDraft edit(
      ConversationId id,
      String senderId,
      String messageId,
      String target,
      String text,
      boolean keepsPast) {
    Content replacement = Content.text(text);
    return new EntryDraft(
        id,
        EntryType.EDIT,
        messageId,
        senderId,
        new Content(
            ContentType.TEXT,
            "{\"target_message_id\":\"" + target + "\",\"content\":" + replacement.body() + "}",
            text),
        MessageOptions.NONE,
        new Revision.Edit(target, replacement, keepsPast));
  }

  static EntryDraft react(
      ConversationId id, String senderId, String messageId, Revision.React reaction) {
    return draft(id, EntryType.REACTION, messageId, senderId, reaction);
  }

  static EntryDraft pin(ConversationId id, String senderId, String messageId, Revision.Pin pin) {
    return draft(id, EntryType.PIN, messageId, senderId, pin);
  }

  private static EntryDraft draft(
      ConversationId id,
      EntryType type,
      String messageId,
      String senderId,
      @Nullable Revision revision) {
    String body =
        revision == null
            ? "{\"field\":\"name\"}"
            : "{\"target_message_id\":\"" + revision.targetMessageId() + "\"}";
    return new EntryDraft(
        id,
        type,
        messageId,
        senderId,
        new Content(ContentType.TEXT, body, ""),
        MessageOptions.NONE,
        revision);
  }
}
