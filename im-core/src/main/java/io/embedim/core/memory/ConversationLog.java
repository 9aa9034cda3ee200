package io.embedim.core.memory;

import io.embedim.spi.model.LogEntry;
import io.embedim.spi.store.SeqRange;
import io.embedim.spi.store.SeqRange.End;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one conversation, by sequence. One thread writes at a time (the conversation's
 * lock sees to that); any number of threads read meanwhile, without a lock.
 *
 * <p>What makes that right: an entry is in its place before {@link #maxSeq} says so, and so is what
 * it did to an earlier one. Whoever read {@code maxSeq} sees everything up to there.
 */
final class ConversationLog {

  /** The first segment holds {@code 1 << FIRST_BITS} entries, each further one twice as many. */
  private static final int FIRST_BITS = 4;

  private final @Nullable LogEntry[][] segments = new LogEntry[Integer.SIZE - 1 - FIRST_BITS][];
  private volatile int maxSeq;

  int maxSeq() {
    return maxSeq;
  }

  /** The entry with this sequence, which has to be one from 1 to {@link #maxSeq()}. */
  LogEntry get(long seq) {
    int position = position(seq);
    LogEntry entry = segments[segment(position)][offset(position)];
    if (entry == null) {
      throw new IndexOutOfBoundsException("there is no entry " + seq);
    }
    return entry;
  }

  /** The newest entry; null when there is none. */
  @Nullable LogEntry last() {
    int end = maxSeq;
    return end == 0 ? null : get(end);
  }

  /** Adds the entry behind the last one. Only under the conversation's lock. */
  void append(LogEntry entry) {
    if (entry.seq() != maxSeq + 1L) {
      throw new IllegalArgumentException("entry " + entry.seq() + " does not follow " + maxSeq);
    }
    int position = position(entry.seq());
    int segment = segment(position);
    if (offset(position) == 0) {
      segments[segment] = new LogEntry[Integer.highestOneBit(position)];
    }
    segments[segment][offset(position)] = entry;
    maxSeq = (int) entry.seq();
  }

  /**
   * Puts an entry in the place of the one with its sequence. Only under the conversation's lock.
   */
  void replace(LogEntry entry) {
    int position = position(entry.seq());
    segments[segment(position)][offset(position)] = entry;
  }

  /** A stretch, in ascending order of sequence. */
  List<LogEntry> read(SeqRange range) {
    int end = maxSeq;
    long first = Math.min(range.afterSeq(), end) + 1;
    long last = Math.min(range.beforeSeq(), end + 1L) - 1;
    if (last - first >= range.limit()) {
      if (range.end() == End.OLDEST) {
        last = first + range.limit() - 1;
      } else {
        first = last - range.limit() + 1;
      }
    }
    if (last < first) {
      return List.of();
    }
    List<LogEntry> entries = new ArrayList<>((int) (last - first + 1));
    for (long seq = first; seq <= last; seq++) {
      entries.add(get(seq));
    }
    return entries;
  }

  /** Positions begin where the first segment's size is the highest bit. */
  private static int position(long seq) {
    return Math.toIntExact(seq - 1 + (1 << FIRST_BITS));
  }

  private static int segment(int position) {
    return Integer.SIZE - 1 - FIRST_BITS - Integer.numberOfLeadingZeros(position);
  }

  private static int offset(int position) {
    return position - Integer.highestOneBit(position);
  }
}
