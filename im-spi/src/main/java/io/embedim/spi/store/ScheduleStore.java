package io.embedim.spi.store;

import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.EntryType;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
   * @param message one that is not refused
   * @param maxPending how many messages of this user may wait, claimed ones included, 1 or more; of
   *     calls at once no more than that succeed
   */
  Outcome schedule(Scheduled message, int maxPending);

  /**
   * Takes a message back, or forgets a refused one; false when it is not there, not this user's, or
   * was claimed once and not refused, since it may have been sent then.
   */
  boolean cancel(String userId, String scheduleId);

  /**
   * The messages that a user has scheduled and that were not claimed, or were refused, by time,
   * among equals by id.
   *
   * @param limit how many at most, 1 or more
   */
  List<Scheduled> pending(String userId, int limit);

  /**
   * Claims what is due, the longest overdue first, among equals by id. Somebody else's claim that
   * ended without {@link #done} or {@link #refuse} is due again.
   *
   * @param now in ms since the epoch
   * @param leaseUntil until when nobody else gets them, in ms since the epoch
   * @param limit how many at most, 1 or more
   */
  List<Scheduled> claim(long now, long leaseUntil, int limit);

  /** These were sent, and are forgotten. */
  void done(List<String> scheduleIds);

  /**
   * A message was refused for good. It is not claimed any more, and kept, counted among what waits,
   * until its user {@linkplain #cancel takes it back}. Nothing happens when it is not there.
   *
   * @param reason why, 1 to 64 characters of ASCII
   */
  void refuse(String scheduleId, String reason);

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
   * @param draft what to send, of the kind MESSAGE; its sender is whose message it is
   * @param sendAt in ms since the epoch
   * @param refused why it was not sent when its time had come; null as long as it waits
   */
  record Scheduled(String scheduleId, EntryDraft draft, long sendAt, @Nullable String refused) {

    /**
     * @throws IllegalArgumentException when the draft is no message
     */
    public Scheduled {
      if (draft.type().kind() != EntryType.Kind.MESSAGE) {
        throw new IllegalArgumentException("a " + draft.type() + " is no message");
      }
    }

    /** One that waits. */
    public Scheduled(String scheduleId, EntryDraft draft, long sendAt) {
      this(scheduleId, draft, sendAt, null);
    }

    /** The same, refused. */
    public Scheduled refused(String reason) {
      return new Scheduled(scheduleId, draft, sendAt, reason);
    }
  }
}
