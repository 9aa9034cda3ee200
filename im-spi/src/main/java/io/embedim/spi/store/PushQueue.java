package io.embedim.spi.store;

import io.embedim.spi.model.ConversationId;
import java.util.List;

/**
 * Notifications that are owed. A task is claimed under a lease, so that a node that dies in the
 * middle leaves nothing behind.
 */
public interface PushQueue {

  /** Keeps tasks; one that is there already (same user, conversation and seq) is kept once. */
  void enqueue(List<Task> tasks);

  /**
   * Claims the tasks that are due, of at most {@code maxUsers} users, all of a user's together.
   *
   * @param now in ms since the epoch
   * @param leaseUntil until when nobody else gets them, in ms since the epoch
   */
  List<Claimed> claim(long now, long leaseUntil, int maxUsers);

  /** These are done: sent, or settled without sending. */
  void settle(List<Claimed> done);

  /** These failed and are due again at {@code dueAt}, in ms since the epoch. */
  void retry(List<Claimed> failed, long dueAt);

  /** A message that a user is to be notified of. */
  record Task(String userId, ConversationId conversationId, long seq, long dueAt) {}

  /**
   * A task in somebody's hands.
   *
   * @param attempts how often it was claimed, this time included
   */
  record Claimed(Task task, int attempts, String claimId) {}
}
