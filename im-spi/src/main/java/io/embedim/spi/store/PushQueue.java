package io.embedim.spi.store;

import io.embedim.spi.model.ConversationId;
import java.util.List;

/**
 * Notifications that are owed. A task is claimed under a lease, so that a node that dies in the
 * middle leaves nothing behind.
 *
 * <p>Calls overlap, also from several processes on one backend; a task is in the hands of one
 * claimer at a time. Threads, nulls and errors are those of {@link ImStores}.
 */
public interface PushQueue {

  /**
   * Keeps tasks. One that is there already (same user, conversation and seq) is kept once, as it
   * was; a settled one counts as there for at least a day, so that nobody is notified twice when a
   * survivor does again what a dead node had done.
   */
  void enqueue(List<Task> tasks);

  /**
   * Claims tasks that are due: those of at most {@code maxUsers} users, the longest overdue first.
   * All tasks of a user come together, those included that are not due yet, because they make one
   * notification; a user of whose tasks one is in somebody's hands is left out.
   *
   * @param now in ms since the epoch
   * @param leaseUntil until when nobody else gets them, in ms since the epoch
   * @param maxUsers 1 or more
   * @return grouped by user, each user's by time and seq
   */
  List<Claimed> claim(long now, long leaseUntil, int maxUsers);

  /**
   * These are done: sent, or settled without sending. What is in somebody else's hands by now is
   * left alone.
   */
  void settle(List<Claimed> done);

  /**
   * These failed and are due again. What is in somebody else's hands by now is left alone.
   *
   * @param dueAt in ms since the epoch
   */
  void retry(List<Claimed> failed, long dueAt);

  /**
   * A message that a user is to be notified of.
   *
   * @param userId whom
   * @param conversationId where it was said
   * @param seq which one it is, 1 or more
   * @param dueAt not before this time, in ms since the epoch
   */
  record Task(String userId, ConversationId conversationId, long seq, long dueAt) {}

  /**
   * A task in somebody's hands.
   *
   * @param task what is to be done
   * @param attempts how often it was claimed, this time included
   * @param claimId tells this claim from those before and after it
   */
  record Claimed(Task task, int attempts, String claimId) {}
}
