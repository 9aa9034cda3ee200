package io.embedim.spi.model;

/**
 * What an entry does to an earlier message of the same conversation. The store applies it in the
 * commit that logs the entry, so the log and the message never disagree.
 *
 * <p>Limits are decided by the engine and enforced by the store under its lock, because only there
 * nobody else can come between.
 */
public sealed interface Revision {

  /** The id of the message that changes. */
  String targetMessageId();

  /** What the entry is that does it. */
  default EntryType type() {
    if (this instanceof Edit) {
      return EntryType.EDIT;
    }
    if (this instanceof React) {
      return EntryType.REACTION;
    }
    return this instanceof Pin ? EntryType.PIN : EntryType.REVOKE;
  }

  /**
   * The target's content becomes {@link Content#REVOKED}, and its reactions, its pin and its time
   * of edit go with it. What it said leaves the store, the past that edits kept included, and also
   * from the entries of the kind {@link Edit} that revised it: their content and their replacement
   * become {@link Content#REVOKED} too. The revoke of a revoked message is logged and changes
   * nothing.
   */
  record Revoke(String targetMessageId) implements Revision {}

  /**
   * The target's content is replaced; the entry's time becomes its time of edit.
   *
   * @param keepsPast whether what the target said before can still be {@linkplain
   *     io.embedim.spi.store.MessageStore#pastContents read}. Otherwise it leaves the store: the
   *     past that earlier edits kept is dropped, and the content and the replacement of the earlier
   *     entries of this kind become those of this one
   */
  record Edit(String targetMessageId, Content replacement, boolean keepsPast) implements Revision {}

  /**
   * The entry's sender adds or removes a reaction.
   *
   * @param emoji the reaction, 1 to {@link #MAX_EMOJI_LENGTH} UTF-16 units; compared unit by unit
   * @param added whether it is added; otherwise removed. Adding what is there, or removing what is
   *     not, is logged and changes nothing
   * @param maxKinds how many different reactions the target may have, 1 or more; only adding one
   *     that the target does not have can pass it
   */
  record React(String targetMessageId, String emoji, boolean added, int maxKinds)
      implements Revision {

    /** Enough for the longest emoji of Unicode, and for a short name. */
    public static final int MAX_EMOJI_LENGTH = 64;

    /**
     * @throws IllegalArgumentException when {@code emoji} or {@code maxKinds} is out of its range
     */
    public React {
      if (emoji.isEmpty() || emoji.length() > MAX_EMOJI_LENGTH) {
        throw new IllegalArgumentException(
            "the emoji has a length of " + emoji.length() + ", expected 1 to " + MAX_EMOJI_LENGTH);
      }
      if (maxKinds < 1) {
        throw new IllegalArgumentException("maxKinds is " + maxKinds + ", expected 1 or more");
      }
    }
  }

  /**
   * The target is pinned to the conversation, or no longer. Pinning what is pinned, or the reverse,
   * is logged and changes nothing.
   *
   * @param maxPinned how many messages the conversation may have pinned, 1 or more
   */
  record Pin(String targetMessageId, boolean pinned, int maxPinned) implements Revision {

    /**
     * @throws IllegalArgumentException when {@code maxPinned} is less than 1
     */
    public Pin {
      if (maxPinned < 1) {
        throw new IllegalArgumentException("maxPinned is " + maxPinned + ", expected 1 or more");
      }
    }
  }
}
