package io.embedim.spi.store;

import io.embedim.spi.model.EntryDraft;
import java.util.List;

/**
 * Messages to be sent later. The draft's message id makes sending twice harmless.
 *
 * <p>Calls overlap, also from several processes on one backend; a message is in the hands of one
 * claimer at a time. Threads, nulls and errors are those of {@link ImStores}.
 */
public interface ScheduleStore {

  /**
   * Keeps a message, unless its user has so many already.
   *
   * @param message one whose draft is of the kind MESSAGE
   * @param maxPending how many messages of this user may wait, claimed ones included, 1 or more; of
   *     calls at once no more than that succeed
   * @throws IllegalArgumentException when the draft is no message
   */
  Outcome schedule(Scheduled message, int maxPending);

  /**
   * Takes a message back; false when it is not there, not this user's, or was claimed once, since
   * it may have been sent then.
   */
  boolean cancel(String userId, String scheduleId);

  /**
   * The messages that a user has scheduled and that were not claimed, the next one first, among
   * equals by id.
   *
   * @param limit how many at most, 1 or more
   */
  List<Scheduled> pending(String userId, int limit);

  /**
   * Claims what is due, the longest overdue first, among equals by id. Somebody else's claim that
   * ended without {@link #done} is due again.
   *
   * @param now in ms since the epoch
   * @param leaseUntil until when nobody else gets them, in ms since the epoch
   * @param limit how many at most, 1 or more
   */
  List<Scheduled> claim(long now, long leaseUntil, int limit);

  /** These were sent or refused for good, and are forgotten. */
  void done(List<String> scheduleIds);

  /** What became of a message that was to be kept. */
  sealed interface Outcome {

    /** It is kept. */
    record Kept() implements Outcome {}

    /**
     * There is one with this id; nothing was written.
     *
     * @param first what that one is, whoever scheduled it; it may be claimed
     */
    record IdTaken(Scheduled first) implements Outcome {}

    /** The user has as many as allowed; nothing was written. */
    record TooMany() implements Outcome {}
  }

  /**
   * A message and when to send it.
   *
   * @param scheduleId names it; like a message id, see {@link io.embedim.spi.model.Ids#isMessageId}
   * @param draft what to send; its sender is whose message it is
   * @param sendAt in ms since the epoch
   */
  record Scheduled(String scheduleId, EntryDraft draft, long sendAt) {}
}
