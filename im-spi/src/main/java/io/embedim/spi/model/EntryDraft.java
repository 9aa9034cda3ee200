package io.embedim.spi.model;

import org.jspecify.annotations.Nullable;

/**
 * An entry before its commit: everything except the sequence and the time, which only the commit
 * can give.
 *
 * <p>Nobody but the engine makes drafts for a store, and it checks the ids and sizes that are named
 * here before; a store may fail on others.
 *
 * @param conversationId whose log it is for
 * @param type what it is
 * @param messageId its idempotency key, unique in the conversation and kept for good; see {@link
 *     Ids#isMessageId}
 * @param senderId the authenticated author, or {@link Ids#SYSTEM_USER}
 * @param content the payload
 * @param options what else it carries
 * @param revision what it does to an earlier message; present exactly when the type's kind is
 *     {@link EntryType.Kind#REVISION}
 */
public record EntryDraft(
    ConversationId conversationId,
    EntryType type,
    String messageId,
    String senderId,
    Content content,
    MessageOptions options,
    @Nullable Revision revision) {

  /**
   * A message that carries nothing but its content, for example for an outbox.
   *
   * @param senderId a user, or {@link Ids#SYSTEM_USER}, whose messages are of the type SYSTEM
   */
  public static EntryDraft message(
      ConversationId conversationId, String messageId, String senderId, Content content) {
    EntryType ofUsers = conversationId.isGroup() ? EntryType.GROUP_CHAT : EntryType.SINGLE_CHAT;
    return new EntryDraft(
        conversationId,
        senderId.equals(Ids.SYSTEM_USER) ? EntryType.SYSTEM : ofUsers,
        messageId,
        senderId,
        content,
        MessageOptions.NONE,
        null);
  }

  /**
   * @throws IllegalArgumentException when a revision is missing, or given where there can be none
   */
  public EntryDraft {
    if ((revision != null) != (type.kind() == EntryType.Kind.REVISION)) {
      throw new IllegalArgumentException(
          type + (revision == null ? " needs a revision" : " takes no revision"));
    }
  }
}
