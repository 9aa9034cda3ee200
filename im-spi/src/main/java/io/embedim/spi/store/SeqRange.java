package io.embedim.spi.store;

/**
 * A stretch of a conversation's log, and how new the log has to be in which it is read.
 *
 * @param afterSeq exclusive lower end, 0 or more
 * @param beforeSeq exclusive upper end; {@link Long#MAX_VALUE} for the log's end
 * @param limit how many entries at most, 1 or more
 * @param end which entries to take when there are more than {@code limit}
 * @param asOfSeq a backend with copies of its data may answer from one whose log of this
 *     conversation goes at least as far as this sequence, with every entry as it was then or later;
 *     0 or more. {@link Long#MAX_VALUE}, the default, for everything that was committed when the
 *     call began, which no copy can vouch for. It does not bound the stretch, and means nothing to
 *     a backend without copies
 */
public record SeqRange(long afterSeq, long beforeSeq, int limit, End end, long asOfSeq) {

  /** An end of the stretch. */
  public enum End {
    OLDEST,
    NEWEST
  }

  /**
   * @throws IllegalArgumentException when {@code afterSeq}, {@code limit} or {@code asOfSeq} is out
   *     of its range
   */
  public SeqRange {
    if (afterSeq < 0 || limit < 1) {
      throw new IllegalArgumentException(
          "expected afterSeq >= 0 and limit >= 1, got " + afterSeq + " and " + limit);
    }
    if (asOfSeq < 0) {
      throw new IllegalArgumentException("expected asOfSeq >= 0, got " + asOfSeq);
    }
  }

  /** A stretch of the log as it is when the call begins. */
  public SeqRange(long afterSeq, long beforeSeq, int limit, End end) {
    this(afterSeq, beforeSeq, limit, end, Long.MAX_VALUE);
  }

  /** The first {@code limit} entries after {@code seq}. */
  public static SeqRange after(long seq, int limit) {
    return new SeqRange(seq, Long.MAX_VALUE, limit, End.OLDEST);
  }

  /** The last {@code limit} entries before {@code seq}, none of them at or below {@code floor}. */
  public static SeqRange before(long seq, long floor, int limit) {
    return new SeqRange(floor, seq, limit, End.NEWEST);
  }

  /** The same stretch of a log that may be a copy, as long as it goes as far as {@code seq}. */
  public SeqRange asOf(long seq) {
    return new SeqRange(afterSeq, beforeSeq, limit, end, seq);
  }
}
