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

  /** How many entries are read with the effort of a look into the index. */
  private static final long READ_LIKE_A_LOOK = 4;

  /**
   * The last segment of a stretch of a log.
   *
   * @param afterSeq exclusive lower end of the stretch
   * @param upToSeq inclusive upper end, more than {@code afterSeq}
   * @param indexed the part of the log that is indexed
   */
  static Segment last(ConversationId id, long afterSeq, long upToSeq, IndexedPart indexed) {
    if (upToSeq > indexed.afterSeq() && upToSeq <= indexed.upToSeq()) {
      long begin = Math.max(indexed.afterSeq(), (number(upToSeq) << BITS) - 1);
      return new Segment(id, Math.max(afterSeq, begin), upToSeq, true);
    }
    long begin = upToSeq > indexed.upToSeq() ? indexed.upToSeq() : 0;
    begin = Math.max(begin, upToSeq - READ_AT_ONCE);
    return new Segment(id, Math.max(afterSeq, begin), upToSeq, false);
  }

  /** Which of its log's buckets the entry is in. */
  static long number(long seq) {
    return seq >> BITS;
  }

  /** The effort of searching it, as a number of looks into the index. */
  long work() {
    return indexed ? 1 : (upToSeq - afterSeq + READ_LIKE_A_LOOK - 1) / READ_LIKE_A_LOOK;
  }

  boolean contains(long seq) {
    return seq > afterSeq && seq <= upToSeq;
  }
}
