package io.embedim.spi.hook;

import io.embedim.spi.cluster.SessionInfo;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.LogEntry;

/**
 * Hears what happened, after the fact. A listener cannot take anything back; what it throws is
 * logged. Called on the engine's executor, for one conversation in the order of its log; calls for
 * different conversations and sessions overlap. A slow listener delays later calls, never the
 * senders. What is handed over is immutable and never null.
 */
public interface ImListener {

  /** An entry was committed by this node. */
  default void onCommitted(LogEntry entry) {}

  /**
   * A message from the host's outbox may not be sent, and stays there with the reason.
   *
   * @param reason the error's name on the wire, for example {@code group_not_found}
   */
  default void onOutboxRefused(EntryDraft draft, String reason) {}

  /**
   * A message that a user had scheduled may not be sent by now. It stays among her scheduled ones,
   * with the reason, until she takes it away.
   *
   * @param reason the error's name on the wire, for example {@code muted}
   */
  default void onScheduledRefused(EntryDraft draft, String reason) {}

  /** A user's session opened on this node. */
  default void onConnected(SessionInfo session) {}

  /** A user's session on this node is gone. */
  default void onDisconnected(SessionInfo session) {}
}
