package io.embedim.core.memory;

import static java.util.Objects.requireNonNull;

import io.embedim.spi.model.Content;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.EntryState;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.MessageOptions;
import io.embedim.spi.model.Revision;
import io.embedim.spi.store.AppendResult.RevisionRefused.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a revision makes of its target. Pure: what is decided here is written by the conversation.
 */
sealed interface RevisedTarget {

  /** The state of a message of which nothing remains. */
  EntryState REVOKED = new EntryState(true, null, Map.of(), false);

  /** The target as it will be; the same as before when the revision changes nothing. */
  record Revised(LogEntry target) implements RevisedTarget {}

  /** The revision cannot be applied. */
  record Refused(Reason reason) implements RevisedTarget {}

  /**
   * Applies a revision.
   *
   * @param target a message of the revision's conversation
   * @param revision what happens to it
   * @param userId who does it
   * @param timestamp the time of the revising entry
   * @param pinned how many messages the conversation has pinned
   */
  static RevisedTarget of(
      LogEntry target, Revision revision, String userId, long timestamp, int pinned) {
    if (target.state().revoked()) {
      return revision instanceof Revision.Revoke
          ? new Revised(target)
          : new Refused(Reason.TARGET_REVOKED);
    }
    if (revision instanceof Revision.Edit edit) {
      EntryState before = target.state();
      return revised(
          target,
          withContent(target.draft(), edit.replacement(), target.draft().revision()),
          new EntryState(false, timestamp, before.reactions(), before.pinned()));
    }
    if (revision instanceof Revision.React react) {
      return react(target, react, userId);
    }
    if (revision instanceof Revision.Pin pin) {
      return pin(target, pin, pinned);
    }
    return revised(
        target, withContent(target.draft(), Content.REVOKED, target.draft().revision()), REVOKED);
  }

  /** What an entry that edited a message says when what it said is not to stay. */
  static LogEntry editSaying(LogEntry entry, Content content, Content replacement) {
    Revision.Edit edit = (Revision.Edit) requireNonNull(entry.draft().revision());
    Revision saying = new Revision.Edit(edit.targetMessageId(), replacement, edit.keepsPast());
    return revised(entry, withContent(entry.draft(), content, saying), entry.state()).target();
  }

  /** What remains of a message that has expired. */
  static LogEntry purged(LogEntry entry) {
    EntryDraft draft = entry.draft();
    MessageOptions options = draft.options();
    EntryDraft emptied =
        new EntryDraft(
            draft.conversationId(),
            draft.type(),
            draft.messageId(),
            draft.senderId(),
            Content.REVOKED,
            new MessageOptions(
                options.clientTimestamp(),
                options.replyTo(),
                options.mentions(),
                null,
                options.expiresIn()),
            null);
    return revised(entry, emptied, REVOKED).target();
  }

  private static RevisedTarget react(LogEntry target, Revision.React react, String userId) {
    EntryState before = target.state();
    List<String> users = before.reactions().getOrDefault(react.emoji(), List.of());
    if (users.contains(userId) == react.added()) {
      return new Revised(target);
    }
    if (users.isEmpty() && before.reactions().size() >= react.maxKinds()) {
      return new Refused(Reason.LIMIT_REACHED);
    }
    List<String> usersNow = new ArrayList<>(users);
    if (react.added()) {
      usersNow.add(userId);
    } else {
      usersNow.remove(userId);
    }
    Map<String, List<String>> reactions = new LinkedHashMap<>(before.reactions());
    if (usersNow.isEmpty()) {
      reactions.remove(react.emoji());
    } else {
      reactions.put(react.emoji(), usersNow);
    }
    return revised(
        target,
        target.draft(),
        new EntryState(false, before.editedAt(), reactions, before.pinned()));
  }

  private static RevisedTarget pin(LogEntry target, Revision.Pin pin, int pinned) {
    EntryState before = target.state();
    if (before.pinned() == pin.pinned()) {
      return new Revised(target);
    }
    if (pin.pinned() && pinned >= pin.maxPinned()) {
      return new Refused(Reason.LIMIT_REACHED);
    }
    return revised(
        target,
        target.draft(),
        new EntryState(false, before.editedAt(), before.reactions(), pin.pinned()));
  }

  private static Revised revised(LogEntry target, EntryDraft draft, EntryState state) {
    return new Revised(
        new LogEntry(target.seq(), target.timestamp(), draft, state, target.targetSeq()));
  }

  private static EntryDraft withContent(
      EntryDraft draft, Content content, @Nullable Revision revision) {
    return new EntryDraft(
        draft.conversationId(),
        draft.type(),
        draft.messageId(),
        draft.senderId(),
        content,
        draft.options(),
        revision);
  }
}
