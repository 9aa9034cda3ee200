package io.embedim.testkit;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a device was sent, and what of it the test has not looked at. Safe for many threads. */
final class DeviceInbox {

  private final String owner;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<DeviceFrame> all = new ArrayList<>();
  private final List<DeviceFrame> unseen = new ArrayList<>();
  private @Nullable String closed;

  DeviceInbox(String owner) {
    this.owner = owner;
  }

  void add(DeviceFrame frame) {
    lock.lock();
    try {
      all.add(frame);
      unseen.add(frame);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void opened() {
    lock.lock();
    try {
      closed = null;
    } finally {
      lock.unlock();
    }
  }

  /** From now on nothing comes. */
  void closed(String how) {
    lock.lock();
    try {
      closed = how;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  List<DeviceFrame> all() {
    lock.lock();
    try {
      return List.copyOf(all);
    } finally {
      lock.unlock();
    }
  }

  /** What no expectation has taken yet, as far as {@code match} wants it. */
  <T> List<T> unseen(Function<DeviceFrame, @Nullable T> match) {
    lock.lock();
    try {
      List<T> found = new ArrayList<>();
      for (DeviceFrame frame : unseen) {
        T wanted = match.apply(frame);
        if (wanted != null) {
          found.add(wanted);
        }
      }
      return found;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes the first unseen frame that matches; waits for it.
   *
   * @param expected what is waited for, in words
   * @throws AssertionError when it does not come
   */
  <T> T take(String expected, Function<DeviceFrame, @Nullable T> match) {
    lock.lock();
    try {
      long left = Patience.NANOS;
      while (true) {
        T found = poll(match);
        if (found != null) {
          return found;
        }
        if (closed != null || left <= 0) {
          throw new AssertionError(describeMiss(expected));
        }
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while " + owner + " waits for " + expected, e);
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the connection is closed from the other side. */
  void awaitClosed() {
    lock.lock();
    try {
      long left = Patience.NANOS;
      while (closed == null) {
        if (left <= 0) {
          throw new AssertionError(owner + " is still connected, expected to be closed");
        }
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while " + owner + " waits to be closed", e);
    } finally {
      lock.unlock();
    }
  }

  private <T> @Nullable T poll(Function<DeviceFrame, @Nullable T> match) {
    for (Iterator<DeviceFrame> frames = unseen.iterator(); frames.hasNext(); ) {
      T found = match.apply(frames.next());
      if (found != null) {
        frames.remove();
        return found;
      }
    }
    return null;
  }

  private String describeMiss(String expected) {
    return owner
        + " expected "
        + expected
        + ", and it did not come"
        + (closed == null ? " within " + Patience.SECONDS + " s" : " before " + closed)
        + "; what came and was not expected so far: "
        + unseen;
  }
}
