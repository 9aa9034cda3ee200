package io.embedim.core.internal.send;

import io.embedim.core.ImException;
import io.embedim.core.SendResult;
import io.embedim.core.internal.time.Chore;
import io.embedim.spi.hook.ImListener;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.store.ScheduleStore;
import io.embedim.spi.store.ScheduleStore.Scheduled;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends messages whose time has come. A node that dies at it leaves them to the others when its
 * claim ends, and what it had sent already is not sent twice, because a message's id is its own.
 */
public final class ScheduleRelay {

  private static final Logger LOG = LoggerFactory.getLogger(ScheduleRelay.class);

  /** Messages that are taken at once. */
  private static final int BATCH = 100;

  /** Longer than a batch waits for its commits, so that nobody else takes what is being sent. */
  private static final Duration LEASE = Duration.ofMinutes(1);

  private final ScheduleStore store;
  private final SendPath sendPath;
  private final List<ImListener> listeners;
  private final Clock clock;
  private final Chore chore;

  public ScheduleRelay(
      ScheduleStore store,
      SendPath sendPath,
      List<ImListener> listeners,
      Clock clock,
      Executor executor) {
    this.store = store;
    this.sendPath = sendPath;
    this.listeners = List.copyOf(listeners);
    this.clock = clock;
    this.chore = new Chore("sending what was scheduled", executor, this::relay);
  }

  /** Looks for messages, now or as soon as it is done with those of before. Does not block. */
  public void wake() {
    chore.wake();
  }

  private void relay() {
    List<Scheduled> due;
    do {
      long now = clock.millis();
      due = store.claim(now, now + LEASE.toMillis(), BATCH);
      if (!due.isEmpty()) {
        store.done(sent(due));
      }
    } while (due.size() == BATCH);
  }

  /** Sends them in their order, notes which are refused for good, and tells which are sent. */
  private List<String> sent(List<Scheduled> due) {
    List<CompletableFuture<SendResult>> results = new ArrayList<>(due.size());
    due.forEach(message -> results.add(sendPath.relay(message.draft())));
    List<String> sent = new ArrayList<>(due.size());
    for (int i = 0; i < due.size(); i++) {
      if (isSent(due.get(i), results.get(i))) {
        sent.add(due.get(i).scheduleId());
      }
    }
    return sent;
  }

  private boolean isSent(Scheduled message, CompletableFuture<SendResult> result) {
    EntryDraft draft = message.draft();
    try {
      result.join();
      return true;
    } catch (CompletionException e) {
      if (e.getCause() instanceof ImException refusal && OutboxRelay.isFinal(refusal.error())) {
        LOG.info(
            "message {}, which was scheduled, is refused: {}",
            draft.messageId(),
            refusal.error().reason());
        store.refuse(message.scheduleId(), refusal.error().reason());
        listeners.forEach(listener -> tell(listener, draft, refusal.error().reason()));
      } else {
        LOG.warn("message {}, which was scheduled, has to wait", draft.messageId(), e.getCause());
      }
      return false;
    }
  }

  private static void tell(ImListener listener, EntryDraft draft, String reason) {
    try {
      listener.onScheduledRefused(draft, reason);
    } catch (RuntimeException e) {
      LOG.error("a listener failed on {}", draft.messageId(), e);
    }
  }
}
