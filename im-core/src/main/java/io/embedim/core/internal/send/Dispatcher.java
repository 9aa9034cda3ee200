package io.embedim.core.internal.send;

import io.embedim.core.internal.time.Mailbox;
import io.embedim.spi.hook.ImListener;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers what a lane committed, in the same order, while the lane already commits what is next.
 */
final class Dispatcher {

  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  /** Entries that may wait for delivery; a lane that gets further ahead waits. */
  private static final int MAX_AHEAD = 10_000;

  private final Mailbox mailbox;
  private final FanOut fanOut;
  private final List<ImListener> listeners;
  private final Semaphore ahead = new Semaphore(MAX_AHEAD);

  Dispatcher(Executor executor, FanOut fanOut, List<ImListener> listeners) {
    this.mailbox = new Mailbox(executor, MAX_AHEAD);
    this.fanOut = fanOut;
    this.listeners = listeners;
  }

  /** Called by the lane; blocks while delivery is too far behind. */
  void dispatch(List<Committed> committed) {
    int permits = Math.min(committed.size(), MAX_AHEAD);
    ahead.acquireUninterruptibly(permits);
    boolean accepted =
        mailbox.offer(
            () -> {
              try {
                committed.forEach(this::deliver);
              } finally {
                ahead.release(permits);
              }
            });
    if (!accepted) {
      // Only after the engine's end: clients find these entries in the log.
      ahead.release(permits);
    }
  }

  private void deliver(Committed committed) {
    try {
      fanOut.deliver(committed.entry(), committed.originSession());
    } catch (RuntimeException e) {
      // The log has it; a client that notices the gap fills it.
      LOG.error("{} could not be delivered live", committed.entry().draft().messageId(), e);
    }
    for (ImListener listener : listeners) {
      try {
        listener.onCommitted(committed.entry());
      } catch (RuntimeException e) {
        LOG.error("a listener failed on {}", committed.entry().draft().messageId(), e);
      }
    }
  }
}
