package io.embedim.store.jdbc;

import io.embedim.spi.model.Content;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.MessageOptions;
import io.embedim.spi.model.Revision;
import io.embedim.spi.store.Append;
import java.util.List;
import java.util.stream.IntStream;

/** Drafts to append, and the conversations that they are for. */
final class TestDrafts {

  static final long NOW = 1_800_000_000_000L;

  static final ConversationId ALICE_BOB = ConversationId.direct("alice", "bob");

  private TestDrafts() {}

  static Append text(ConversationId id, String senderId, String messageId) {
    return draft(id, EntryType.SINGLE_CHAT, senderId, messageId, null);
  }

  /** A message that destroys itself after so many seconds. */
  static Append expiring(ConversationId id, String senderId, String messageId, long seconds) {
    EntryDraft draft = text(id, senderId, messageId).draft();
    return new Append(
        new EntryDraft(
            id,
            draft.type(),
            messageId,
            senderId,
            draft.content(),
            new MessageOptions(null, null, List.of(), null, seconds),
            null),
        1);
  }

  static Append revision(
      ConversationId id, EntryType type, String senderId, String messageId, Revision revision) {
    return draft(id, type, senderId, messageId, revision);
  }

  /** Conversations of alice, each with somebody else. */
  static List<ConversationId> conversations(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> ConversationId.direct("alice", "user" + i))
        .toList();
  }

  private static Append draft(
      ConversationId id, EntryType type, String senderId, String messageId, Revision revision) {
    Content content = Content.text(messageId);
    return new Append(
        new EntryDraft(id, type, messageId, senderId, content, MessageOptions.NONE, revision), 1);
  }
}
