package io.embedim.store.jdbc;

import static java.util.Objects.requireNonNull;

import io.embedim.spi.model.Content;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.Revision;
import org.jspecify.annotations.Nullable;

/**
 * An entry that a batch has to do with: it is in the table, or the batch logs it. Keeps what the
 * batch makes of it until it is written. Confined to one append.
 */
final class LoggedEntry {

  private final EntryPlace place;
  private final EntryType type;
  private final String senderId;
  private final long timestamp;
  private final @Nullable EntryDraft draft;
  private final @Nullable LoggedEntry target;
  private final TargetReactions reactions;
  private @Nullable Content replacement;
  private boolean revoked;
  private @Nullable Long editedAt;
  private boolean pinned;
  private boolean edited;
  private boolean changed;

  private LoggedEntry(
      EntryPlace place,
      EntryType type,
      String senderId,
      long timestamp,
      int reactionKinds,
      @Nullable EntryDraft draft,
      @Nullable LoggedEntry target) {
    this.place = place;
    this.type = type;
    this.senderId = senderId;
    this.timestamp = timestamp;
    this.draft = draft;
    this.target = target;
    this.reactions = new TargetReactions(reactionKinds);
  }

  /** One that is in the table. */
  static LoggedEntry stored(
      EntryPlace place, EntryType type, String senderId, long timestamp, State state) {
    LoggedEntry entry =
        new LoggedEntry(place, type, senderId, timestamp, state.reactionKinds(), null, null);
    entry.revoked = state.revoked();
    entry.editedAt = state.editedAt();
    entry.edited = state.editedAt() != null;
    entry.pinned = state.pinned();
    return entry;
  }

  /** One that the batch logs; with the target that it revises, if it does. */
  static LoggedEntry created(
      EntryDraft draft, long seq, long timestamp, @Nullable LoggedEntry target) {
    return new LoggedEntry(
        new EntryPlace(draft.conversationId(), seq),
        draft.type(),
        draft.senderId(),
        timestamp,
        0,
        draft,
        target);
  }

  /** What became of an entry in the table so far. */
  record State(boolean revoked, @Nullable Long editedAt, boolean pinned, int reactionKinds) {}

  EntryPlace place() {
    return place;
  }

  ConversationId conversationId() {
    return place.conversationId();
  }

  long seq() {
    return place.seq();
  }

  EntryType type() {
    return type;
  }

  String senderId() {
    return senderId;
  }

  long timestamp() {
    return timestamp;
  }

  /** Whether it was in the table before the batch. */
  boolean isStored() {
    return draft == null;
  }

  /** Whether its row has to be updated. */
  boolean isChanged() {
    return changed;
  }

  /** Whether it was in the table, has been edited there, and was revoked by the batch. */
  boolean leavesEditsBehind() {
    return isStored() && edited && changed && revoked;
  }

  boolean revoked() {
    return revoked;
  }

  @Nullable Long editedAt() {
    return editedAt;
  }

  boolean pinned() {
    return pinned;
  }

  TargetReactions reactions() {
    return reactions;
  }

  /** The content that the batch gave it; null when that is the one that it had. */
  @Nullable Content newContent() {
    return revoked && changed ? Content.REVOKED : replacement;
  }

  void revoke() {
    revoked = true;
    editedAt = null;
    pinned = false;
    reactions.clear();
    changed = true;
  }

  void edit(Content content, long time) {
    replacement = content;
    editedAt = time;
    changed = true;
  }

  void pin(boolean on) {
    pinned = on;
    changed = true;
  }

  /** To be called after a change of {@link #reactions}. */
  void reactionsChanged() {
    changed = true;
  }

  /** Whether the batch logs it as a revision of another one. */
  boolean isRevision() {
    return target != null;
  }

  /** What it revises. */
  LoggedEntry target() {
    return requireNonNull(target, "this entry revises nothing");
  }

  /** What is to be written of an entry that the batch logs, after all of the batch was decided. */
  EntryDraft draftToStore() {
    EntryDraft original = requireNonNull(draft, "this entry is in the table");
    Content content = newContent();
    if (isEditOfRevoked()) {
      content = Content.REVOKED;
    }
    return content == null
        ? original
        : new EntryDraft(
            original.conversationId(),
            original.type(),
            original.messageId(),
            original.senderId(),
            content,
            original.options(),
            original.revision());
  }

  /** The revision that is to be written. */
  Revision revisionToStore() {
    Revision revision =
        requireNonNull(
            requireNonNull(draft, "this entry is in the table").revision(),
            "this entry revises nothing");
    return isEditOfRevoked()
        ? new Revision.Edit(revision.targetMessageId(), Content.REVOKED, false)
        : revision;
  }

  private boolean isEditOfRevoked() {
    return type == EntryType.EDIT && target != null && target.revoked;
  }
}
