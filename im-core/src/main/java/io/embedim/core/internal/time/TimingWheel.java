package io.embedim.core.internal.time;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All the engine's time-outs. Arming, moving and disarming one takes constant time and no memory
 * beyond the time-out itself, however many sessions there are.
 *
 * <p>A time-out lies in the slot of its deadline's tick, in the round that comes; those of later
 * rounds share the slot and are passed over. Safe for use by many threads.
 */
public final class TimingWheel {

  private static final Logger LOG = LoggerFactory.getLogger(TimingWheel.class);

  private static final int SLOTS = 1024;

  private final long tickMillis;
  private final Timeout[] slots = new Timeout[SLOTS];
  private long currentTick;
  private long latest;

  /** By how much the clock was set back so far: the wheel itself never turns back. */
  private long setBack;

  /**
   * @param tickMillis how exact it is: a time-out fires up to this much late
   * @param now the present, in ms since the epoch
   */
  public TimingWheel(long tickMillis, long now) {
    this.tickMillis = tickMillis;
    this.currentTick = now / tickMillis;
    this.latest = now;
    for (int i = 0; i < SLOTS; i++) {
      slots[i] = new Anchor();
    }
  }

  /** Something to be done at a time. It is in at most one wheel, once. */
  public abstract static class Timeout {
    private @Nullable Timeout previous;
    private @Nullable Timeout next;
    private long tick;

    /** Called by whoever advances the wheel; must not block. What it throws is logged. */
    protected abstract void fire(long now);
  }

  private static final class Anchor extends Timeout {
    Anchor() {
      super.previous = this;
      super.next = this;
    }

    @Override
    protected void fire(long now) {
      throw new IllegalStateException("an anchor is never due");
    }
  }

  /** Arms a time-out, or moves it when it is armed. */
  public synchronized void arm(Timeout timeout, long deadline) {
    unlink(timeout);
    // Never into the tick that is being emptied.
    long steady = deadline > Long.MAX_VALUE - setBack ? Long.MAX_VALUE : deadline + setBack;
    timeout.tick = Math.max(tickOf(steady), currentTick + 1);
    link(timeout);
  }

  /** Disarms a time-out; harmless when it is not armed. */
  public synchronized void disarm(Timeout timeout) {
    unlink(timeout);
  }

  /**
   * Fires all that is due at {@code now} (ms since the epoch), outside the wheel's lock. When the
   * clock was set back since the last call, what is armed is due after as long as before.
   */
  public void advance(long now) {
    List<Timeout> due = new ArrayList<>();
    synchronized (this) {
      setBack += Math.max(0, latest - now);
      latest = now;
      long targetTick = (now + setBack) / tickMillis;
      long ticks = Math.min(targetTick - currentTick, SLOTS);
      for (long i = 1; i <= ticks; i++) {
        collect(slots[(int) ((currentTick + i) % SLOTS)], targetTick, due);
      }
      currentTick = Math.max(currentTick, targetTick);
    }
    due.forEach(timeout -> fire(timeout, now));
  }

  private static void fire(Timeout timeout, long now) {
    try {
      timeout.fire(now);
    } catch (RuntimeException | Error e) {
      // The others that are due must not suffer from it.
      LOG.error("a time-out failed", e);
    }
  }

  /** Rounded up, so that nothing fires early. */
  private long tickOf(long deadline) {
    return (deadline - 1) / tickMillis + 1;
  }

  private void collect(Timeout anchor, long targetTick, List<Timeout> due) {
    for (Timeout timeout = anchor.next; timeout != null && timeout != anchor; ) {
      Timeout following = timeout.next;
      if (timeout.tick <= targetTick) {
        unlink(timeout);
        due.add(timeout);
      }
      timeout = following;
    }
  }

  private void link(Timeout timeout) {
    Timeout anchor = slots[(int) (timeout.tick % SLOTS)];
    Timeout last = anchor.previous;
    timeout.previous = last;
    timeout.next = anchor;
    if (last != null) {
      last.next = timeout;
    }
    anchor.previous = timeout;
  }

  private static void unlink(Timeout timeout) {
    Timeout previous = timeout.previous;
    Timeout next = timeout.next;
    if (previous != null && next != null) {
      previous.next = next;
      next.previous = previous;
      timeout.previous = null;
      timeout.next = null;
    }
  }
}
