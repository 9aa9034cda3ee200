package io.embedim.core.internal.session;

import io.embedim.spi.model.ConversationId;

/**
 * How far one session has come in one conversation. Guarded by its {@link Outbox}.
 *
 * <p>{@code acked <= sent <= head}. While {@code behind}, live entries are not queued but only move
 * {@code head}, and the session is caught up from the log.
 */
final class Position {

  final ConversationId id;

  /** The client acknowledged everything up to here. */
  long acked;

  /** Everything up to here was queued for the client, or is known to it. */
  long sent;

  /** The last entry that is known to exist. */
  long head;

  /** Whether there are entries up to {@code head} that have to be read from the log. */
  boolean behind;

  /** Since when {@code acked < sent} without progress, in ms since the epoch. */
  long unackedSince;

  /** How often the unacknowledged entries were sent again. */
  int redeliveries;

  /** A session meets this conversation when entry {@code seq} is delivered to it. */
  Position(ConversationId id, long seq) {
    this.id = id;
    acked = seq - 1;
    sent = seq - 1;
    head = seq - 1;
  }

  void sent(long seq, long now) {
    if (acked == sent) {
      unackedSince = now;
    }
    sent = seq;
    head = Math.max(head, seq);
  }

  /** The client has everything up to {@code seq}, be it from an earlier delivery or a sync. */
  void acked(long seq, long now) {
    long reached = Math.min(seq, head);
    if (reached > acked) {
      acked = reached;
      sent = Math.max(sent, reached);
      unackedSince = now;
      redeliveries = 0;
    }
  }

  boolean unacked() {
    return acked < sent;
  }
}
