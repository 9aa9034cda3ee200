package io.embedim.spi.store;

import io.embedim.spi.model.LogEntry;

/** What became of one draft of a batch. */
public sealed interface AppendResult {

  /**
   * It is committed.
   *
   * @param entry as its own draft made it: what later drafts of the batch do to it is not shown
   */
  record Appended(LogEntry entry) implements AppendResult {}

  /**
   * The same sender had committed this message id before; nothing was written.
   *
   * @param seq the first one's sequence
   * @param timestamp the first one's time, in ms since the epoch
   */
  record Duplicate(long seq, long timestamp) implements AppendResult {}

  /** Another sender had committed this message id in this conversation; nothing was written. */
  record KeyTaken() implements AppendResult {}

  /**
   * The membership is not the one that the decision was made on, or the group was dismissed;
   * nothing was written.
   *
   * @param currentVersion the version of now; 0 when the group does not exist
   */
  record MembershipChanged(long currentVersion) implements AppendResult {}

  /** The revision cannot be applied; nothing was written. */
  record RevisionRefused(Reason reason) implements AppendResult {

    /** Why. */
    public enum Reason {
      /** No message of this conversation has that id, or it is no MESSAGE, or it has expired. */
      TARGET_MISSING,
      /** The target was revoked, and this is not another revoke. */
      TARGET_REVOKED,
      /**
       * The target has as many kinds of reactions, or the conversation as many pins, as allowed.
       */
      LIMIT_REACHED
    }
  }
}
