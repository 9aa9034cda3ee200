package io.embedim.testkit;

import io.embedim.spi.store.StoreException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A place in a backend where calls can be made to fail, or be held until they are let go. Safe for
 * use by many threads.
 */
public final class FaultPoint {

  /** When something happens to a call. */
  public enum Moment {
    /** Before anything is done: nothing is committed. */
    BEFORE,
    /** After everything is done and committed, before the caller hears of it. */
    AFTER
  }

  private final String name;
  private final HeldCalls heldCalls;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Moment, Faults> faults = new EnumMap<>(Moment.class);
  private int calls;

  /** What is planned for a moment. Guarded by the lock. */
  private static final class Faults {
    boolean always;
    int next;
    final Set<String> messageIds = new HashSet<>();
    boolean hold;
    int held;

    void end() {
      always = false;
      next = 0;
      messageIds.clear();
    }

    boolean strike(Collection<String> ids) {
      if (always || ids.stream().anyMatch(messageIds::contains)) {
        return true;
      }
      if (next > 0) {
        next--;
        return true;
      }
      return false;
    }
  }

  FaultPoint(String name, HeldCalls heldCalls) {
    this.name = name;
    this.heldCalls = heldCalls;
    for (Moment moment : Moment.values()) {
      faults.put(moment, new Faults());
    }
  }

  /** All calls fail until {@link #heal()}. */
  public void fail(Moment moment) {
    change(() -> of(moment).always = true);
  }

  /** The next call fails; repeated, as many calls as it was asked for. */
  public void failNext(Moment moment) {
    change(() -> of(moment).next++);
  }

  /** Calls that concern one of these messages fail until {@link #heal()}. */
  public void failFor(Moment moment, String... messageIds) {
    change(() -> of(moment).messageIds.addAll(Set.of(messageIds)));
  }

  /** All calls wait until {@link #release()} or {@link #heal()}, as if the backend hung. */
  public void hold(Moment moment) {
    change(() -> of(moment).hold = true);
  }

  /** Lets go the calls that wait, and holds no others. When it returns they are on their way. */
  public void release() {
    lock.lock();
    try {
      faults.values().forEach(fault -> fault.hold = false);
      changed.signalAll();
      while (isHolding()) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends all faults. */
  public void heal() {
    change(() -> faults.values().forEach(Faults::end));
    release();
  }

  /** How many calls have begun. */
  public int calls() {
    lock.lock();
    try {
      return calls;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until a call is being held.
   *
   * @throws AssertionError when none comes within 30 s
   */
  public void awaitHeld() {
    lock.lock();
    try {
      long left = Patience.NANOS;
      while (!isHolding()) {
        if (left <= 0) {
          throw new AssertionError("no call of " + name + " came to be held");
        }
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for a call of " + name, e);
    } finally {
      lock.unlock();
    }
  }

  /** Does a call's work, unless something is planned for it. */
  <T> T call(Collection<String> messageIds, Supplier<T> work) {
    lock.lock();
    try {
      calls++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    pass(Moment.BEFORE, messageIds);
    T result = work.get();
    pass(Moment.AFTER, messageIds);
    return result;
  }

  private void pass(Moment moment, Collection<String> messageIds) {
    lock.lock();
    try {
      Faults fault = of(moment);
      if (fault.hold) {
        wait(fault);
      }
      if (of(moment).strike(messageIds)) {
        throw new StoreException("injected: " + name + " fails " + moment);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Deaf to interrupts, as a hanging driver is. */
  private void wait(Faults fault) {
    fault.held++;
    heldCalls.entered();
    changed.signalAll();
    try {
      while (fault.hold) {
        changed.awaitUninterruptibly();
      }
    } finally {
      fault.held--;
      heldCalls.left();
      changed.signalAll();
    }
  }

  private boolean isHolding() {
    return faults.values().stream().anyMatch(fault -> fault.held > 0);
  }

  private Faults of(Moment moment) {
    Faults fault = faults.get(moment);
    if (fault == null) {
      throw new IllegalStateException("nothing is known of " + moment);
    }
    return fault;
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
