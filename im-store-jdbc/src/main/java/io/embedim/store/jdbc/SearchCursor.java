package io.embedim.store.jdbc;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.store.SearchableMessageStore.Position;

/** How far a search has come in one conversation, from its end backwards. Confined to a search. */
final class SearchCursor {

  private final ConversationId id;
  private final long afterSeq;
  private final IndexedPart indexed;
  private long upToSeq;
  private long latest;

  /**
   * Begins with nothing searched.
   *
   * @param afterSeq exclusive lower end of what is to be searched
   * @param upToSeq inclusive upper end
   * @param latest none of it is later than this time in ms since the epoch
   * @param indexed what of the log need not be read
   */
  SearchCursor(ConversationId id, long afterSeq, long upToSeq, long latest, IndexedPart indexed) {
    this.id = id;
    this.afterSeq = afterSeq;
    this.upToSeq = upToSeq;
    this.latest = latest;
    this.indexed = indexed;
  }

  ConversationId id() {
    return id;
  }

  long afterSeq() {
    return afterSeq;
  }

  long upToSeq() {
    return upToSeq;
  }

  long latest() {
    return latest;
  }

  boolean isDone() {
    return upToSeq <= afterSeq;
  }

  /** What is left to be searched is not before this place in the order of the results. */
  Position frontier() {
    return new Position(latest, id, upToSeq);
  }

  /** The next segment, which counts as searched from now on. */
  Segment next() {
    Segment segment = Segment.last(id, afterSeq, upToSeq, indexed);
    upToSeq = segment.afterSeq();
    return segment;
  }

  /** Leaves out what comes after an entry. */
  void skipTo(long seq) {
    upToSeq = Math.min(upToSeq, seq);
  }

  /** Nothing that is left is later than this time in ms since the epoch. */
  void notAfter(long time) {
    latest = Math.min(latest, time);
  }
}
