package io.embedim.core.internal.session;

import io.embedim.core.session.Encoded;
import io.embedim.core.session.WireFormat;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Frames in the order in which they will be written. Guarded by its {@link Outbox}. */
final class FrameQueue {

  /** A joined frame holds at most so much, so that a slow link still makes progress. */
  private static final int JOINED_FRAMES = 64;

  private static final int JOINED_BYTES = 64 * 1024;

  /**
   * A frame that waits.
   *
   * @param answer whether it answers the client's own frame and is never dropped
   * @param position whose entry it is; null when it is not logged
   * @param seq which entry
   * @param queuedAt since when it waits, in ms since the epoch
   */
  record Item(
      Encoded frame, boolean answer, @Nullable Position position, long seq, long queuedAt) {}

  private final Deque<Item> items = new ArrayDeque<>(2);
  private long bytes;

  void add(Item item) {
    items.add(item);
    bytes += item.frame().bytes();
  }

  boolean isEmpty() {
    return items.isEmpty();
  }

  /** Since when the next frame waits, in ms since the epoch; the queue is not empty. */
  long oldest() {
    return items.element().queuedAt();
  }

  /** How much waits, in bytes. */
  long bytes() {
    return bytes;
  }

  /** Takes the next frame, or the next frames joined into one. */
  Encoded take(WireFormat format, boolean joined) {
    Encoded first = poll();
    if (!joined || items.isEmpty()) {
      return first;
    }
    List<Encoded> frames = new ArrayList<>();
    frames.add(first);
    int size = first.bytes();
    while (!items.isEmpty()
        && frames.size() < JOINED_FRAMES
        && size + items.element().frame().bytes() <= JOINED_BYTES) {
      Encoded next = poll();
      size += next.bytes();
      frames.add(next);
    }
    return frames.size() == 1 ? first : format.join(frames);
  }

  /** Takes out all that can be had again, and says what it was, in order. */
  void drop(Consumer<Item> dropped) {
    for (Iterator<Item> all = items.iterator(); all.hasNext(); ) {
      Item item = all.next();
      if (!item.answer()) {
        all.remove();
        bytes -= item.frame().bytes();
        dropped.accept(item);
      }
    }
  }

  void clear() {
    items.clear();
    bytes = 0;
  }

  private Encoded poll() {
    Encoded frame = items.remove().frame();
    bytes -= frame.bytes();
    return frame;
  }
}
