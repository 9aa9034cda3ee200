package io.embedim.store.jdbc;

/** The pin on one message while a batch is decided. Confined to one append. */
final class TargetPin {

  private final boolean stored;
  private boolean on;

  /** The entry of the batch that pinned it last; 0 when none did. */
  private long bySeq;

  /**
   * Begins with what there is.
   *
   * @param stored whether the table has it
   */
  TargetPin(boolean stored) {
    this.stored = stored;
    this.on = stored;
  }

  boolean isOn() {
    return on;
  }

  /** Pins the message, which was not, by the entry with this sequence. */
  void set(long seq) {
    on = true;
    bySeq = seq;
  }

  void remove() {
    on = false;
  }

  /** Whether the table has one that is not, or not any more, there. */
  boolean isRemovedFromTable() {
    return stored && (!on || bySeq > 0);
  }

  /** Whether there is one that the table does not have. */
  boolean isNew() {
    return on && bySeq > 0;
  }

  long bySeq() {
    return bySeq;
  }
}
