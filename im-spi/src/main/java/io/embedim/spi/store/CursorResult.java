package io.embedim.spi.store;

import io.embedim.spi.model.Cursors;

/** What became of a {@link CursorMove}. */
public sealed interface CursorResult {

  /**
   * The cursors are stored.
   *
   * @param before as they were
   * @param now as they are; equal to {@code before} when they already were that far
   */
  record Stored(Cursors before, Cursors now) implements CursorResult {}

  /** There is no such conversation, or the user does not belong to it; nothing changed. */
  record NotMember() implements CursorResult {}

  /** The move points behind the end of the log; nothing changed. */
  record BeyondEnd(long maxSeq) implements CursorResult {}
}
