package io.embedim.spi.store;

/**
 * A stretch of a conversation's log.
 *
 * @param afterSeq exclusive lower end, 0 or more
 * @param beforeSeq exclusive upper end; {@link Long#MAX_VALUE} for the log's end
 * @param limit how many entries at most, 1 or more
 * @param end which entries to take when there are more than {@code limit}
 */
public record SeqRange(long afterSeq, long beforeSeq, int limit, End end) {

  /** An end of the stretch. */
  public enum End {
    OLDEST,
    NEWEST
  }

  /**
   * @throws IllegalArgumentException when {@code afterSeq} or {@code limit} is out of its range
   */
  public SeqRange {
    if (afterSeq < 0 || limit < 1) {
      throw new IllegalArgumentException(
          "expected afterSeq >= 0 and limit >= 1, got " + afterSeq + " and " + limit);
    }
  }

  /** The first {@code limit} entries after {@code seq}. */
  public static SeqRange after(long seq, int limit) {
    return new SeqRange(seq, Long.MAX_VALUE, limit, End.OLDEST);
  }

  /** The last {@code limit} entries before {@code seq}, none of them at or below {@code floor}. */
  public static SeqRange before(long seq, long floor, int limit) {
    return new SeqRange(floor, seq, limit, End.NEWEST);
  }
}
