package io.embedim.store.jdbc;

import java.util.function.LongPredicate;
import java.util.stream.LongStream;

/**
 * The part of a log whose messages are in the search index, or a part next to that.
 *
 * @param afterSeq exclusive lower end
 * @param upToSeq inclusive upper end
 */
record IndexedPart(long afterSeq, long upToSeq) {

  /** Of a log of which nothing is indexed. */
  static final IndexedPart NONE = new IndexedPart(0, 0);

  boolean isEmpty() {
    return afterSeq == upToSeq;
  }

  boolean contains(long seq) {
    return seq > afterSeq && seq <= upToSeq;
  }

  /** Whether that is the whole log. */
  boolean hasAll(long maxSeq) {
    return afterSeq == 0 && upToSeq >= maxSeq;
  }

  /**
   * What is to be indexed next: what was said since, and when there is nothing of that, what was
   * said before.
   *
   * @param maxSeq the end of the log
   * @param most how many entries it may have, 0 or more
   * @return empty when there is nothing
   */
  IndexedPart next(long maxSeq, long most) {
    if (isEmpty()) {
      return new IndexedPart(Math.max(0, maxSeq - most), maxSeq);
    }
    return upToSeq < maxSeq
        ? new IndexedPart(upToSeq, Math.min(maxSeq, upToSeq + most))
        : new IndexedPart(Math.max(0, afterSeq - most), afterSeq);
  }

  /**
   * As much of the {@link #next} as there is without a hole.
   *
   * @param isThere tells of an entry whether it can be had now
   */
  IndexedPart upToHole(IndexedPart next, LongPredicate isThere) {
    if (!isEmpty() && next.afterSeq == upToSeq) {
      long end = next.afterSeq;
      while (end < next.upToSeq && isThere.test(end + 1)) {
        end++;
      }
      return new IndexedPart(next.afterSeq, end);
    }
    long begin = next.upToSeq;
    while (begin > next.afterSeq && isThere.test(begin)) {
      begin--;
    }
    return new IndexedPart(begin, next.upToSeq);
  }

  LongStream seqs() {
    return LongStream.rangeClosed(afterSeq + 1, upToSeq);
  }

  /** Both, this one and the {@link #next}. */
  IndexedPart with(IndexedPart next) {
    if (isEmpty() || next.isEmpty()) {
      return next.isEmpty() ? this : next;
    }
    return new IndexedPart(Math.min(afterSeq, next.afterSeq), Math.max(upToSeq, next.upToSeq));
  }
}
