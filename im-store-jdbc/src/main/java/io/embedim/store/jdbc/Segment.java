package io.embedim.store.jdbc;

import io.embedim.spi.model.ConversationId;

/**
 * A part of a log that is searched as a whole.
 *
 * @param afterSeq exclusive lower end
 * @param upToSeq inclusive upper end
 * @param indexed whether the index knows what is said in it; otherwise it has to be read
 */
record Segment(ConversationId conversationId, long afterSeq, long upToSeq, boolean indexed) {

  /** How many entries have the same {@link SearchTokens#bucket}, as a power of two. */
  private static final int BITS = 10;

  /** How many entries are read at once; each may be 16 KiB long. */
  private static final long READ_AT_ONCE = 256;

  /**
   * The last segment of a stretch of a log.
   *
   * @param afterSeq exclusive lower end of the stretch
   * @param upToSeq inclusive upper end, more than {@code afterSeq}
   * @param unindexedUpTo entries up to here have to be read
   */
  static Segment last(ConversationId id, long afterSeq, long upToSeq, long unindexedUpTo) {
    return upToSeq <= unindexedUpTo
        ? new Segment(id, Math.max(afterSeq, upToSeq - READ_AT_ONCE), upToSeq, false)
        : new Segment(
            id,
            Math.max(Math.max(afterSeq, unindexedUpTo), (number(upToSeq) << BITS) - 1),
            upToSeq,
            true);
  }

  /** Which of its log's buckets the entry is in. */
  static long number(long seq) {
    return seq >> BITS;
  }

  boolean contains(long seq) {
    return seq > afterSeq && seq <= upToSeq;
  }
}
