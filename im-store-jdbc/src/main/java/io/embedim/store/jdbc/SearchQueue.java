package io.embedim.store.jdbc;

import io.embedim.spi.model.ConversationId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Logs that may have something to be indexed, each once, in the order in which they came. It keeps
 * so many and forgets the others, which it tells. Safe for use by many threads.
 */
final class SearchQueue {

  /** Of all that wait, a few MB. */
  private static final int MOST = 10_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition added = lock.newCondition();
  private final Set<ConversationId> waiting = new LinkedHashSet<>();
  private long appends;
  private boolean forgot;
  private boolean closed;

  /** Something was appended to these. */
  void appended(Collection<ConversationId> ids) {
    lock.lock();
    try {
      appends++;
      add(ids);
      added.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Something is left of these. */
  void putBack(Collection<ConversationId> ids) {
    lock.lock();
    try {
      add(ids);
    } finally {
      lock.unlock();
    }
  }

  /** Nobody has to wait any more. */
  void close() {
    lock.lock();
    try {
      closed = true;
      added.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void add(Collection<ConversationId> ids) {
    for (ConversationId id : ids) {
      if (waiting.size() < MOST) {
        waiting.add(id);
      } else {
        forgot |= !waiting.contains(id);
      }
    }
  }

  /** Takes those that have waited for the longest; none when there are none. */
  List<ConversationId> take(int most) {
    lock.lock();
    try {
      List<ConversationId> taken = new ArrayList<>();
      Iterator<ConversationId> first = waiting.iterator();
      while (first.hasNext() && taken.size() < most) {
        taken.add(first.next());
        first.remove();
      }
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** How often something was appended so far. */
  long appends() {
    lock.lock();
    try {
      return appends;
    } finally {
      lock.unlock();
    }
  }

  /** Whether some were forgotten since this was asked the last time. */
  boolean hasForgotten() {
    lock.lock();
    try {
      boolean answer = forgot;
      forgot = false;
      return answer;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until there is one, or there will be none.
   *
   * @param nanos for how long at most
   * @return whether there is one
   */
  boolean await(long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (waiting.isEmpty() && !closed && left > 0) {
        left = added.awaitNanos(left);
      }
      return !waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }
}
