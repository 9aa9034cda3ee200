package io.embedim.spi.store;

import io.embedim.spi.model.EntryDraft;
import java.util.List;

/** Messages to be sent later. The draft's message id makes sending twice harmless. */
public interface ScheduleStore {

  /** Keeps a message; repeating it with the same id replaces nothing. */
  void schedule(Scheduled message);

  /** Takes a message back; false when it is not there, not this user's, or already claimed. */
  boolean cancel(String userId, String scheduleId);

  /** A user's pending messages, the next one first. */
  List<Scheduled> pending(String userId, int limit);

  /** Claims what is due, for at most {@code limit} messages, until {@code leaseUntil} (ms). */
  List<Scheduled> claim(long now, long leaseUntil, int limit);

  /** These were sent or refused for good. */
  void done(List<String> scheduleIds);

  /**
   * A message and when to send it.
   *
   * @param sendAt in ms since the epoch
   */
  record Scheduled(String scheduleId, EntryDraft draft, long sendAt) {}
}
