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
   * Keeps a message.
   *
   * @return false when there is one with this id; nothing was written then, whatever it says
   */
  boolean schedule(Scheduled message);

  /** Takes a message back; false when it is not there, not this user's, or already claimed. */
  boolean cancel(String userId, String scheduleId);

  /**
   * The messages that a user has scheduled and that are not claimed, the next one first.
   *
   * @param limit how many at most, 1 or more
   */
  List<Scheduled> pending(String userId, int limit);

  /**
   * Claims what is due, the longest overdue first. Somebody else's claim that ended without {@link
   * #done} is due again.
   *
   * @param now in ms since the epoch
   * @param leaseUntil until when nobody else gets them, in ms since the epoch
   * @param limit how many at most, 1 or more
   */
  List<Scheduled> claim(long now, long leaseUntil, int limit);

  /** These were sent or refused for good, and are forgotten. */
  void done(List<String> scheduleIds);

  /**
   * A message and when to send it.
   *
   * @param scheduleId names it
   * @param draft what to send; its sender is whose message it is
   * @param sendAt in ms since the epoch
   */
  record Scheduled(String scheduleId, EntryDraft draft, long sendAt) {}
}
