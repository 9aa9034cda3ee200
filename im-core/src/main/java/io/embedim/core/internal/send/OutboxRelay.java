package io.embedim.core.internal.send;

import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.core.SendResult;
import io.embedim.core.internal.time.Chore;
import io.embedim.spi.hook.ImListener;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.store.OutboxStore;
import io.embedim.spi.store.OutboxStore.Outcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what the host wrote in transactions of its own. A conversation's messages go one after the
 * other, so that a failure between two of them does not change their order; different conversations
 * go side by side and share the lanes' commits.
 */
public final class OutboxRelay {

  private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);

  /** Messages that are taken at once. */
  private static final int BATCH = 500;

  private static final Outcome SENT = new Outcome.Sent();
  private static final Outcome UNKNOWN = new Outcome.Unknown();

  private final OutboxStore store;
  private final SendPath sendPath;
  private final List<ImListener> listeners;

  private final Chore chore;

  public OutboxRelay(
      OutboxStore store, SendPath sendPath, List<ImListener> listeners, Executor executor) {
    this.store = store;
    this.sendPath = sendPath;
    this.listeners = List.copyOf(listeners);
    this.chore = new Chore("the outbox", executor, this::relay);
  }

  /** Looks for messages, now or as soon as it is done with those of before. Does not block. */
  public void wake() {
    chore.wake();
  }

  private void relay() {
    while (store.relay(BATCH, this::send) >= BATCH) {
      LOG.debug("{} messages of the outbox or more are settled, there may be more", BATCH);
    }
  }

  private List<Outcome> send(List<EntryDraft> messages) {
    List<Outcome> outcomes = new ArrayList<>(Collections.nCopies(messages.size(), UNKNOWN));
    Map<ConversationId, Deque<Integer>> waiting = new LinkedHashMap<>();
    for (int i = 0; i < messages.size(); i++) {
      waiting.computeIfAbsent(messages.get(i).conversationId(), id -> new ArrayDeque<>()).add(i);
    }
    while (!waiting.isEmpty()) {
      Map<Integer, CompletableFuture<SendResult>> round = new LinkedHashMap<>();
      for (Deque<Integer> conversation : waiting.values()) {
        int next = conversation.remove();
        round.put(next, sendPath.relay(messages.get(next)));
      }
      round.forEach(
          (index, result) -> {
            Outcome outcome = outcome(messages.get(index), result);
            outcomes.set(index, outcome);
            if (outcome.equals(UNKNOWN)) {
              // What follows it has to wait for it.
              waiting.remove(messages.get(index).conversationId());
            }
          });
      waiting.values().removeIf(Deque::isEmpty);
    }
    return outcomes;
  }

  private Outcome outcome(EntryDraft draft, CompletableFuture<SendResult> result) {
    try {
      result.join();
      return SENT;
    } catch (CompletionException e) {
      if (e.getCause() instanceof ImException refusal && isFinal(refusal.error())) {
        refused(draft, refusal.error().reason());
        return new Outcome.Refused(refusal.error().reason());
      }
      LOG.warn("message {} of the outbox has to wait", draft.messageId(), e.getCause());
      return UNKNOWN;
    }
  }

  /** Whether trying again is of no use. */
  static boolean isFinal(ImError error) {
    return error.httpStatus() < 500;
  }

  private void refused(EntryDraft draft, String reason) {
    LOG.warn("message {} of the outbox is refused: {}", draft.messageId(), reason);
    for (ImListener listener : listeners) {
      try {
        listener.onOutboxRefused(draft, reason);
      } catch (RuntimeException e) {
        LOG.error("a listener failed on {}", draft.messageId(), e);
      }
    }
  }
}
