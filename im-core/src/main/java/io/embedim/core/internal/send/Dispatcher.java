package io.embedim.core.internal.send;

import io.embedim.spi.hook.ImListener;
import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers what a lane committed, in the same order, while the lane already commits what is next.
 * Listeners hear of it apart from that, so that a slow one does not hold up delivery.
 */
final class Dispatcher {

  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private final FanOut fanOut;
  private final List<ImListener> listeners;
  private final Backlog delivery;
  private final Backlog listening;

  Dispatcher(Executor executor, FanOut fanOut, List<ImListener> listeners) {
    this.fanOut = fanOut;
    this.listeners = List.copyOf(listeners);
    this.delivery = new Backlog(executor);
    this.listening = new Backlog(executor);
  }

  /** Called by the lane; blocks while delivery, or a listener, is too far behind. */
  void dispatch(List<Committed> committed) {
    delivery.add(committed.size(), () -> committed.forEach(this::deliver));
    if (!listeners.isEmpty()) {
      listening.add(committed.size(), () -> committed.forEach(this::tellListeners));
    }
  }

  private void deliver(Committed committed) {
    try {
      fanOut.deliver(committed.entry(), committed.originSession());
    } catch (RuntimeException e) {
      // The log has it; a client that notices the gap fills it.
      LOG.error("{} could not be delivered live", committed.entry().draft().messageId(), e);
    }
  }

  private void tellListeners(Committed committed) {
    for (ImListener listener : listeners) {
      try {
        listener.onCommitted(committed.entry());
      } catch (RuntimeException e) {
        LOG.error("a listener failed on {}", committed.entry().draft().messageId(), e);
      }
    }
  }
}
