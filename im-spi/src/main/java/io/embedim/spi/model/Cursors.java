package io.embedim.spi.model;

/**
 * How far a member has come in a conversation's log. Cursors never go back.
 *
 * @param readSeq everything up to here was read; 0 for nothing
 * @param receivedSeq everything up to here reached one of the member's devices; at least {@code
 *     readSeq}
 */
public record Cursors(long readSeq, long receivedSeq) {

  public static final Cursors NONE = new Cursors(0, 0);

  /**
   * @throws IllegalArgumentException when they are not in that order
   */
  public Cursors {
    if (readSeq < 0 || receivedSeq < readSeq) {
      throw new IllegalArgumentException(
          "expected 0 <= readSeq <= receivedSeq, got " + readSeq + " and " + receivedSeq);
    }
  }
}
