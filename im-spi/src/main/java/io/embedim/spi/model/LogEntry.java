package io.embedim.spi.model;

/**
 * An entry of a conversation's log.
 *
 * @param seq its position: 1, 2, 3 … without gaps
 * @param timestamp the time of its commit in ms since the epoch; never less than that of the entry
 *     before it
 * @param draft what was committed; after an edit or a revoke, with the content of now
 * @param state what later entries made of it
 */
public record LogEntry(long seq, long timestamp, EntryDraft draft, EntryState state) {

  /**
   * @throws IllegalArgumentException when {@code seq} is less than 1
   */
  public LogEntry {
    if (seq < 1) {
      throw new IllegalArgumentException("seq is " + seq + ", expected 1 or more");
    }
  }

  public ConversationId conversationId() {
    return draft.conversationId();
  }

  /**
   * Whether the message has destroyed itself, so that nobody may see it any more.
   *
   * @param now in ms since the epoch
   */
  public boolean isExpired(long now) {
    long expiresIn = draft.options().expiresIn();
    // In seconds, because the product with 1000 may be too large for a long.
    return expiresIn > 0 && Math.floorDiv(now - timestamp, 1000L) >= expiresIn;
  }
}
