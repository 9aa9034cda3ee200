package io.embedim.core.internal.session;

import io.embedim.core.ImSettings;
import io.embedim.core.session.Connection;
import io.embedim.core.session.Encoded;
import io.embedim.core.session.ServerFrame;
import io.embedim.core.session.WireFormat;
import io.embedim.spi.model.ConversationId;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What waits to be written to one session: a queue with one write under way.
 *
 * <p>Its bytes and their age are bounded. When the client reads too slowly, everything that can be
 * had again is dropped: logged entries are later read from the log, from where the client stood; of
 * other frames the client is told that some are missing. Answers to its own frames are kept; their
 * number is bounded because the session handles no further frames meanwhile.
 */
final class Outbox {

  /** What the outbox needs of its session. */
  interface Owner {
    /** The client reads too slowly: handle no further frames of it. */
    void outboxFull();

    /** There is room again. */
    void outboxDrained();

    /** Something has to be read from the log; {@link #nextBehind} says what. */
    void catchUp();

    /** A write failed: the connection is gone. */
    void connectionLost();

    /** {@link #tick} is needed at this time, in ms since the epoch. */
    void wakeAt(long time);
  }

  /**
   * A stretch of a log that this session lacks.
   *
   * @param afterSeq the last entry that it has
   * @param head up to where
   * @param limit how many entries there will be room for, as far as can be told
   */
  record Behind(ConversationId id, long afterSeq, long head, int limit) {}

  /** An entry from the log; without a frame when nobody may see it any more. */
  record Missed(long seq, @Nullable SharedFrame frame) {}

  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

  /** Entries that are read from the log at once: what a full queue of small messages takes. */
  private static final int MOST_READ = 100;

  private final Connection connection;
  private final WireFormat format;
  private final boolean batched;
  private final ImSettings settings;
  private final Clock clock;
  private final Owner owner;

  private final FrameQueue queue = new FrameQueue();
  private final Positions positions = new Positions();
  private long writeStartedAt;
  private boolean writing = true;
  private boolean pumping;
  private boolean full;
  private boolean catchingUp;

  /** The queue was dropped and nothing was written since: reading the log would be in vain. */
  private boolean stalled;

  private int readNext = MOST_READ;
  private boolean untold;
  private boolean closing;
  private @Nullable Runnable afterLast;

  /** Nothing is written before {@link #start()}. */
  Outbox(
      Connection connection,
      WireFormat format,
      boolean batched,
      ImSettings settings,
      Clock clock,
      Owner owner) {
    this.connection = connection;
    this.format = format;
    this.batched = batched;
    this.settings = settings;
    this.clock = clock;
    this.owner = owner;
    this.writeStartedAt = clock.millis();
  }

  void start() {
    written(true);
  }

  /** Queues an answer to the client's own frame. */
  void answer(Encoded frame) {
    synchronized (this) {
      if (closing) {
        return;
      }
      if (!hasRoom()) {
        drop();
      }
      add(frame, true, null, 0);
      if (!hasRoom() && !full) {
        full = true;
        owner.outboxFull();
      }
    }
    pump();
  }

  /** Queues a frame that is not logged, unless there is no room. */
  void tell(SharedFrame frame) {
    synchronized (this) {
      if (closing) {
        return;
      }
      if (hasRoom()) {
        add(frame.in(format), false, null, 0);
      } else {
        untold = true;
      }
    }
    pump();
  }

  /**
   * Queues a logged entry, or remembers that it has to be read from the log. {@link #pump} has to
   * follow, so that several entries can be written together.
   */
  synchronized void deliver(ConversationId id, long seq, SharedFrame frame) {
    Position position = extended(id, seq);
    if (position == null) {
      return;
    }
    boolean inOrder = seq == position.sent + 1 && !position.behind;
    if (inOrder && hasRoom()) {
      position.sent(seq, clock.millis());
      add(frame.in(format), false, position, seq);
    } else {
      if (inOrder) {
        drop();
      }
      positions.fallBehind(position);
    }
  }

  /** As {@link #deliver}, for an entry that the client knows from the answer to its own frame. */
  synchronized void known(ConversationId id, long seq) {
    Position position = extended(id, seq);
    if (position == null) {
      return;
    }
    boolean allAcked = !position.unacked();
    if (seq == position.sent + 1 && !position.behind) {
      position.sent(seq, clock.millis());
      if (allAcked) {
        position.acked(seq, clock.millis());
      }
    } else {
      positions.fallBehind(position);
    }
  }

  /** The position in a log that this entry makes longer; null when it does not, or none is kept. */
  private @Nullable Position extended(ConversationId id, long seq) {
    if (closing) {
      return null;
    }
    Position position = positions.meet(id, seq);
    if (position == null) {
      giveUp();
      return null;
    }
    if (seq <= position.head) {
      return null;
    }
    position.head = seq;
    return position;
  }

  /** The client acknowledged everything up to {@code seq}. */
  synchronized void received(ConversationId id, long seq) {
    Position position = positions.find(id);
    if (position != null) {
      position.acked(seq, clock.millis());
      positions.checkCaughtUp(position);
    }
  }

  /**
   * What to read from the log next; null when nothing is missing, or there is no room for it now.
   */
  synchronized @Nullable Behind nextBehind() {
    Position next = mayCatchUp() ? positions.nextBehind() : null;
    catchingUp = next != null;
    return next == null ? null : new Behind(next.id, next.sent, next.head, readNext);
  }

  /**
   * Queues what was read for {@link #nextBehind}, as far as there is room.
   *
   * @param entries in order; fewer than asked for when the log has no more
   */
  void caughtUp(Behind behind, List<Missed> entries) {
    synchronized (this) {
      Position position = positions.find(behind.id());
      if (closing || position == null || position.sent != behind.afterSeq()) {
        return;
      }
      int taken = 0;
      for (; taken < entries.size() && hasRoom(); taken++) {
        Missed entry = entries.get(taken);
        position.sent(entry.seq(), clock.millis());
        SharedFrame frame = entry.frame();
        if (frame != null) {
          add(frame.in(format), false, position, entry.seq());
        }
      }
      if (taken < entries.size()) {
        readNext = Math.max(1, taken);
      } else if (taken == behind.limit()) {
        readNext = Math.min(MOST_READ, 2 * taken);
      } else if (position.sent < behind.head()) {
        // The end was deleted, or this copy of the log lags: the client finds out by itself.
        position.sent(behind.head(), clock.millis());
        untold = true;
      }
      positions.checkCaughtUp(position);
    }
    pump();
  }

  /** The session's user does not belong to this conversation any more. */
  synchronized void left(ConversationId id) {
    positions.forget(id);
  }

  /** The log cannot be read: the client has to ask for itself. */
  void cannotCatchUp() {
    synchronized (this) {
      catchingUp = false;
      giveUp();
    }
    pump();
  }

  /**
   * Looks after what depends on time.
   *
   * @return whether the client has not taken anything for too long and is to be closed
   */
  boolean tick(long now) {
    synchronized (this) {
      if (closing) {
        return false;
      }
      if (writing && writeStartedAt + settings.stalledAfter().toMillis() <= now) {
        return true;
      }
      long queueAge = settings.queueAge().toMillis();
      if (!queue.isEmpty() && queue.oldest() + queueAge <= now) {
        drop();
      }
      long redeliverAfter = settings.redeliverAfter().toMillis();
      if (queue.isEmpty() && !writing) {
        positions.redeliver(now - redeliverAfter, settings.redeliveries());
      }
      long next = positions.oldestUnacked() + redeliverAfter;
      if (writing) {
        next = Math.min(next, writeStartedAt + settings.stalledAfter().toMillis());
      }
      if (!queue.isEmpty()) {
        next = Math.min(next, Math.max(queue.oldest(), now) + queueAge);
      }
      owner.wakeAt(Math.max(next, now + 1));
    }
    pump();
    return false;
  }

  /** Writes the answers that wait and a last frame, then runs {@code then}. Idempotent. */
  void finish(@Nullable Encoded last, Runnable then) {
    synchronized (this) {
      if (closing) {
        return;
      }
      closing = true;
      queue.drop(item -> {});
      positions.clear();
      if (last != null) {
        add(last, true, null, 0);
      }
      afterLast = then;
    }
    pump();
  }

  private boolean hasRoom() {
    return queue.bytes() < settings.queueBytes();
  }

  private boolean mayCatchUp() {
    return !closing && !full && !stalled && queue.bytes() <= settings.queueBytes() / 2;
  }

  private void add(Encoded frame, boolean answer, @Nullable Position position, long seq) {
    long now = clock.millis();
    if (queue.isEmpty()) {
      owner.wakeAt(
          now + Math.min(settings.queueAge().toMillis(), settings.redeliverAfter().toMillis()));
    }
    queue.add(new FrameQueue.Item(frame, answer, position, seq, now));
  }

  private void drop() {
    stalled = writing;
    queue.drop(
        item -> {
          if (item.position() == null) {
            untold = true;
          } else {
            positions.rewind(item.position(), item.seq() - 1);
          }
        });
  }

  /** More is missing than can be kept track of, or than can be read. */
  private void giveUp() {
    drop();
    positions.clear();
    untold = true;
  }

  /**
   * Writes while nothing is being written. Only one thread is in here; a write that completes while
   * it is, be it on this very thread, is noticed by its loop.
   */
  void pump() {
    while (true) {
      Encoded next;
      Runnable then = null;
      boolean drained = false;
      boolean catchUp = false;
      synchronized (this) {
        if (pumping) {
          return;
        }
        if (full && queue.bytes() <= settings.queueBytes() / 2) {
          full = false;
          drained = true;
        }
        if (!catchingUp && mayCatchUp() && positions.anyBehind()) {
          catchingUp = true;
          catchUp = true;
        }
        if (untold && queue.isEmpty() && !writing && !closing) {
          untold = false;
          add(format.encode(new ServerFrame.SyncRequired()), true, null, 0);
        }
        next = writing || queue.isEmpty() ? null : queue.take(format, batched);
        if (next != null) {
          writing = true;
          writeStartedAt = clock.millis();
          pumping = true;
        } else if (closing && !writing) {
          then = afterLast;
          afterLast = null;
        }
      }
      if (drained) {
        owner.outboxDrained();
        synchronized (this) {
          // It may have filled up again before the owner heard that there was room.
          if (full) {
            owner.outboxFull();
          }
        }
      }
      if (catchUp) {
        owner.catchUp();
      }
      if (then != null) {
        then.run();
      }
      if (next == null) {
        return;
      }
      write(next);
      synchronized (this) {
        pumping = false;
      }
    }
  }

  private void write(Encoded frame) {
    try {
      connection.write(frame, this::written);
    } catch (RuntimeException e) {
      LOG.debug("a connection could not be written to", e);
      written(false);
    }
  }

  private void written(boolean success) {
    synchronized (this) {
      writing = false;
      stalled = false;
      if (!success) {
        closing = true;
        queue.clear();
        positions.clear();
      }
    }
    if (success) {
      pump();
    } else {
      owner.connectionLost();
    }
  }
}
