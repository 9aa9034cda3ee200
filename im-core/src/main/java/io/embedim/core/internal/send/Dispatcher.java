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

  private final List<ImListener> listeners;
  private final Backlog delivery;
  private final Backlog listening;

  Dispatcher(Executor executor, FanOut fanOut, List<ImListener> listeners) {
    this.listeners = List.copyOf(listeners);
    this.delivery = new Backlog(executor, fanOut::deliver);
    this.listening = new Backlog(executor, entries -> entries.forEach(this::tellListeners));
  }

  /** Called by the lane; blocks while delivery, or a listener, is too far behind. */
  void dispatch(List<Committed> committed) {
    delivery.add(committed);
    if (!listeners.isEmpty()) {
      listening.add(committed);
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
