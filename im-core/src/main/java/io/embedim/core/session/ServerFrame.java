package io.embedim.core.session;

import io.embedim.core.PresenceState;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.JoinRequest;
import io.embedim.spi.model.LogEntry;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the engine tells a session by itself. How it looks on the wire is the {@link WireFormat}'s
 * affair; answers to a client's own frames are made there too.
 */
public sealed interface ServerFrame {

  /** An entry of a conversation's log. */
  record Logged(LogEntry entry) implements ServerFrame {}

  /** A message that is not stored (qos 0); {@code timestamp} is in ms since the epoch. */
  record Transient(EntryDraft draft, long timestamp) implements ServerFrame {}

  /** A member has read up to here. */
  record Read(ConversationId conversationId, String userId, long lastReadSeq)
      implements ServerFrame {}

  /** A member is typing. */
  record Typing(ConversationId conversationId, String userId) implements ServerFrame {}

  /** Somebody asks to be let into a group that this user owns or is an admin of. */
  record JoinRequested(JoinRequest request) implements ServerFrame {}

  /** A user that this session subscribed to came or went. */
  record PresenceChanged(PresenceState presence) implements ServerFrame {}

  /**
   * Something about one of the user's own conversations changed; null and absent mean unchanged.
   *
   * @param draft the new draft, empty when it was removed
   * @param clearedSeq the log up to here was cleared for this user
   * @param peerReceivedSeq the other party's devices have everything up to here
   */
  record ConversationChanged(
      ConversationId conversationId,
      @Nullable Boolean pinned,
      @Nullable Boolean muted,
      @Nullable String draft,
      @Nullable Boolean hidden,
      @Nullable Long clearedSeq,
      @Nullable Long peerReceivedSeq)
      implements ServerFrame {

    /** The other party's devices got further. */
    public static ConversationChanged peerReceived(ConversationId id, long seq) {
      return new ConversationChanged(id, null, null, null, null, null, seq);
    }
  }

  /** The user deleted these entries of a conversation for herself. */
  record MessagesDeleted(ConversationId conversationId, Set<Long> seqs) implements ServerFrame {
    public MessagesDeleted {
      seqs = Set.copyOf(seqs);
    }
  }

  /** The user blocked the other one of the two, or no longer does. */
  record BlockChanged(ConversationId conversationId, boolean blocked) implements ServerFrame {}

  /** Frames were dropped and cannot be filled in from here; the client has to sync. */
  record SyncRequired() implements ServerFrame {}

  /** The session is about to be closed by the engine. */
  record Kicked(CloseReason reason) implements ServerFrame {}
}
