package io.embedim.core.internal.session;

import io.embedim.core.ImException;
import io.embedim.core.internal.send.MembershipCache;
import io.embedim.core.session.ServerFrame;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.store.MessageStore;
import io.embedim.spi.store.SeqRange;
import io.embedim.spi.store.StoreException;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads from the log what a session's queue had no room for, or what its client never confirmed.
 */
public final class CatchUp {

  private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);

  private final MessageStore messages;
  private final MembershipCache memberships;
  private final Clock clock;

  public CatchUp(MessageStore messages, MembershipCache memberships, Clock clock) {
    this.messages = messages;
    this.memberships = memberships;
    this.clock = clock;
  }

  /** Fills the queue as far as there is room. Blocks; one call per session at a time. */
  void run(String userId, Outbox outbox) {
    try {
      for (Outbox.Behind behind = outbox.nextBehind();
          behind != null;
          behind = outbox.nextBehind()) {
        if (memberships.belongs(userId, behind.id())) {
          outbox.caughtUp(behind, read(behind));
        } else {
          outbox.left(behind.id());
        }
      }
    } catch (StoreException | ImException e) {
      LOG.warn("a session of {} cannot be caught up and has to sync", userId, e);
      outbox.cannotCatchUp();
    }
  }

  private List<Outbox.Missed> read(Outbox.Behind behind) {
    List<LogEntry> entries =
        messages.read(behind.id(), SeqRange.after(behind.afterSeq(), behind.limit()));
    long now = clock.millis();
    return entries.stream()
        .map(entry -> new Outbox.Missed(entry.seq(), entry.isExpired(now) ? null : frame(entry)))
        .toList();
  }

  private static SharedFrame frame(LogEntry entry) {
    return new SharedFrame(new ServerFrame.Logged(entry));
  }
}
