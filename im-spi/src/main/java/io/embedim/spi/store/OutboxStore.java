package io.embedim.spi.store;

import io.embedim.spi.model.EntryDraft;
import java.util.List;

/**
 * Messages that the host wrote in transactions of its own, and that wait to be sent. A message that
 * can be seen here was committed by the host. Its message id makes sending it twice harmless.
 */
public interface OutboxStore {

  /**
   * Hands over the oldest messages, and removes or marks what was settled. While it runs, no other
   * process on this backend hands over any: they keep their order.
   *
   * <p>When the process dies on the way, the same messages are handed over again.
   *
   * @param limit how many at once at most, 1 or more
   * @param relay called on this thread, again for further messages when some have to wait; then
   *     without the conversations of those that have to, so that they hold up nobody else
   * @return how many were settled; 0 also while another process is at it
   * @throws StoreException when the storage fails; then all of them are handed over again
   */
  int relay(int limit, Relay relay);

  /** Sends messages. */
  @FunctionalInterface
  interface Relay {

    /** Sends these, and says what became of each, in the same order. Blocks. */
    List<Outcome> send(List<EntryDraft> messages);
  }

  /** What became of a message. */
  sealed interface Outcome {

    /** It is in its conversation's log: done. */
    record Sent() implements Outcome {}

    /**
     * It may not be sent. It is kept with the reason for people to look at, and not tried again.
     *
     * @param reason in snake_case, at most 64 characters
     */
    record Refused(String reason) implements Outcome {}

    /** Nothing is known: it is to be handed over again. */
    record Unknown() implements Outcome {}
  }
}
