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
  private final TargetPin pin;
  private final EditHistory history = new EditHistory();
  private final long expiresAt;
  private final boolean hasPast;
  private final boolean edited;
  private @Nullable Content replacement;
  private boolean revoked;
  private @Nullable Long editedAt;
  private boolean changed;

  /** What an entry of the batch that edits says instead of what was sent. */
  private EditHistory.@Nullable Saying saying;

  private LoggedEntry(
      EntryPlace place,
      EntryType type,
      String senderId,
      long timestamp,
      State state,
      @Nullable EntryDraft draft,
      @Nullable LoggedEntry target) {
    this.place = place;
    this.type = type;
    this.senderId = senderId;
    this.timestamp = timestamp;
    this.draft = draft;
    this.target = target;
    this.reactions = new TargetReactions(state.reactionKinds());
    this.pin = new TargetPin(state.pinned());
    this.expiresAt = state.expiresAt();
    this.hasPast = state.hasPast();
    this.edited = state.editedAt() != null;
    this.revoked = state.revoked();
    this.editedAt = state.editedAt();
  }

  /** One that is in the table. */
  static LoggedEntry stored(
      EntryPlace place, EntryType type, String senderId, long timestamp, State state) {
    return new LoggedEntry(place, type, senderId, timestamp, state, null, null);
  }

  /** One that the batch logs; with the target that it revises, if it does. */
  static LoggedEntry created(
      EntryDraft draft, long seq, long timestamp, @Nullable LoggedEntry target) {
    return new LoggedEntry(
        new EntryPlace(draft.conversationId(), seq),
        draft.type(),
        draft.senderId(),
        timestamp,
        new State(false, null, false, 0, expiry(draft, timestamp), false),
        draft,
        target);
  }

  /**
   * What became of an entry in the table so far.
   *
   * @param expiresAt from when on it has expired, in ms since the epoch; 0 for never
   * @param hasPast whether anything is kept of what it said before
   */
  record State(
      boolean revoked,
      @Nullable Long editedAt,
      boolean pinned,
      int reactionKinds,
      long expiresAt,
      boolean hasPast) {}

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

  /** Whether it was edited before the batch, and nothing of what it said then is to stay. */
  boolean leavesEditsBehind() {
    return edited && history.forgotten() != null;
  }

  /** Whether something was kept before the batch that is not to stay. */
  boolean leavesPastBehind() {
    return hasPast && history.forgotten() != null;
  }

  /** What the entries say from now on that edited it before. */
  EditHistory.Saying editsSay() {
    return requireNonNull(history.forgotten(), "what it said before is kept");
  }

  EditHistory history() {
    return history;
  }

  /** Whether it destroys itself one day. */
  boolean expires() {
    return expiresAt != 0;
  }

  /** From when on it has expired, in ms since the epoch; only if it {@link #expires}. */
  long expiresAt() {
    return expiresAt;
  }

  boolean isExpired(long now) {
    return expires() && expiresAt <= now;
  }

  boolean revoked() {
    return revoked;
  }

  @Nullable Long editedAt() {
    return editedAt;
  }

  TargetPin pin() {
    return pin;
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
    replacement = null;
    editedAt = null;
    pin.remove();
    reactions.clear();
    history.forget(EditHistory.Saying.NOTHING);
    changed = true;
  }

  /** Is edited by an entry of the batch. */
  void edit(Revision.Edit edit, LoggedEntry by) {
    if (edit.keepsPast()) {
      Content before = replacement == null && draft != null ? draft.content() : replacement;
      history.keep(new EditHistory.Past(by.seq(), editedAt == null ? timestamp : editedAt, before));
    } else {
      history.forget(new EditHistory.Saying(by.draftToStore().content(), edit.replacement()));
    }
    history.add(by);
    replacement = edit.replacement();
    editedAt = by.timestamp();
    changed = true;
  }

  /** As an entry that edits: says this instead of what was sent. */
  void say(EditHistory.Saying instead) {
    saying = instead;
  }

  void pin(LoggedEntry by, boolean on) {
    if (on) {
      pin.set(by.seq());
    } else {
      pin.remove();
    }
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
    Content content = saying == null ? newContent() : saying.content();
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
    return saying != null && revision instanceof Revision.Edit edit
        ? new Revision.Edit(edit.targetMessageId(), saying.replacement(), edit.keepsPast())
        : revision;
  }

  private static long expiry(EntryDraft draft, long timestamp) {
    return draft.options().expiresIn() == 0 || draft.type().kind() != EntryType.Kind.MESSAGE
        ? 0
        : draft.options().expiresAt(timestamp);
  }
}
