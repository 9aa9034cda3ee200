package io.embedim.spi.model;

import java.util.List;

/**
 * An entry of a conversation's log.
 *
 * @param seq its position: 1, 2, 3 … without gaps
 * @param timestamp the time of its commit in ms since the epoch; never less than that of the entry
 *     before it
 * @param draft what was committed; after an edit or a revoke, with the content of now
 * @param state what later entries made of it
 * @param targetSeq the position of the message that its {@link EntryDraft#revision} is about, which
 *     is before its own; 0 for an entry without one
 */
public record LogEntry(
    long seq, long timestamp, EntryDraft draft, EntryState state, long targetSeq) {

  /**
   * @throws IllegalArgumentException when {@code seq} is less than 1, or {@code targetSeq} is not
   *     what it has to be
   */
  public LogEntry {
    if (seq < 1) {
      throw new IllegalArgumentException("seq is " + seq + ", expected 1 or more");
    }
    boolean revises = draft.revision() != null;
    if (revises ? targetSeq < 1 || targetSeq >= seq : targetSeq != 0) {
      throw new IllegalArgumentException(
          "targetSeq is "
              + targetSeq
              + ", expected "
              + (revises ? "1 or more and less than " + seq : "0 without a revision"));
    }
  }

  /** An entry that revises none. */
  public LogEntry(long seq, long timestamp, EntryDraft draft, EntryState state) {
    this(seq, timestamp, draft, state, 0);
  }

  public ConversationId conversationId() {
    return draft.conversationId();
  }

  /**
   * Whether this is unread for a user who has not come so far and may see it: a message of somebody
   * else that is not revoked.
   */
  public boolean countsFor(String userId) {
    return draft.type().kind() == EntryType.Kind.MESSAGE
        && !draft.senderId().equals(userId)
        && !state.revoked();
  }

  /** Whether it calls upon a user, by name or together with everybody. */
  public boolean mentions(String userId) {
    List<String> mentions = draft.options().mentions();
    return mentions.contains(userId) || mentions.contains(MessageOptions.EVERYBODY);
  }

  /** Whether a conversation can be shown with this as what happened last: a message or an event. */
  public boolean isShownAsLast() {
    return draft.type().kind() != EntryType.Kind.REVISION;
  }

  /**
   * Whether the message has destroyed itself, so that nobody may see it any more.
   *
   * @param now in ms since the epoch
   */
  public boolean isExpired(long now) {
    return draft.options().expiresIn() > 0 && now >= draft.options().expiresAt(timestamp);
  }
}
