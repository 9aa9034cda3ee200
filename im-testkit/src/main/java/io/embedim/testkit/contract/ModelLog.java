package io.embedim.testkit.contract;

import io.embedim.spi.model.Content;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.EntryState;
import io.embedim.spi.model.EntryType.Kind;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.MessageOptions;
import io.embedim.spi.model.Revision;
import io.embedim.spi.store.AppendResult.RevisionRefused.Reason;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The log of a {@link ModelConversation}: its whole history, told again from the beginning. */
final class ModelLog {

  private ModelLog() {}

  /**
   * The log of now.
   *
   * @param purged the messages that had expired when somebody purged them
   */
  static List<LogEntry> of(ModelConversation conversation, Set<Long> purged) {
    List<LogEntry> log = new ArrayList<>();
    for (ModelConversation.Committed entry : conversation.committed) {
      Revision revision = entry.draft().revision();
      if (revision != null) {
        int target = conversation.indexOf(revision.targetMessageId());
        log.set(target, revised(log.get(target), revision, entry));
        if (revision instanceof Revision.Revoke) {
          editsSay(log, revision.targetMessageId(), Content.REVOKED, Content.REVOKED);
        } else if (revision instanceof Revision.Edit edit && !edit.keepsPast()) {
          editsSay(log, edit.targetMessageId(), entry.draft().content(), edit.replacement());
        }
      }
      log.add(
          new LogEntry(
              log.size() + 1,
              entry.timestamp(),
              entry.draft(),
              EntryState.UNREVISED,
              conversation.targetSeq(entry.draft())));
    }
    for (long seq : purged) {
      LogEntry message = log.get((int) seq - 1);
      log.set((int) seq - 1, purged(message));
      editsSay(log, message.draft().messageId(), Content.REVOKED, Content.REVOKED);
    }
    return log;
  }

  /** Why a revision cannot be applied to this log at this time; null when it can. */
  static @Nullable Reason refusal(Revision revision, List<LogEntry> log, long time) {
    LogEntry target =
        log.stream()
            .filter(entry -> entry.draft().messageId().equals(revision.targetMessageId()))
            .filter(entry -> entry.draft().type().kind() == Kind.MESSAGE)
            .filter(entry -> !expired(entry, time))
            .findFirst()
            .orElse(null);
    if (target == null) {
      return Reason.TARGET_MISSING;
    }
    if (target.state().revoked()) {
      return revision instanceof Revision.Revoke ? null : Reason.TARGET_REVOKED;
    }
    if (revision instanceof Revision.React react
        && react.added()
        && !target.state().reactions().containsKey(react.emoji())
        && target.state().reactions().size() >= react.maxKinds()) {
      return Reason.LIMIT_REACHED;
    }
    if (revision instanceof Revision.Pin pin
        && pin.pinned()
        && !target.state().pinned()
        && log.stream().filter(entry -> entry.state().pinned()).count() >= pin.maxPinned()) {
      return Reason.LIMIT_REACHED;
    }
    return null;
  }

  static boolean expired(LogEntry entry, long now) {
    long expiresIn = entry.draft().options().expiresIn();
    BigInteger end =
        BigInteger.valueOf(expiresIn)
            .multiply(BigInteger.valueOf(1_000))
            .add(BigInteger.valueOf(entry.timestamp()));
    return expiresIn > 0 && BigInteger.valueOf(now).compareTo(end) >= 0;
  }

  private static LogEntry revised(
      LogEntry target, Revision revision, ModelConversation.Committed by) {
    EntryState state = target.state();
    if (state.revoked()) {
      return target;
    }
    if (revision instanceof Revision.Revoke) {
      EntryState revoked = new EntryState(true, null, Map.of(), false);
      return with(target, Content.REVOKED, target.draft().revision(), revoked);
    }
    Content content = target.draft().content();
    Long editedAt = state.editedAt();
    boolean pinned = state.pinned();
    Map<String, List<String>> reactions = new LinkedHashMap<>();
    state.reactions().forEach((emoji, users) -> reactions.put(emoji, new ArrayList<>(users)));
    if (revision instanceof Revision.Edit edit) {
      content = edit.replacement();
      editedAt = by.timestamp();
    } else if (revision instanceof Revision.Pin pin) {
      pinned = pin.pinned();
    } else if (revision instanceof Revision.React react) {
      List<String> users = reactions.computeIfAbsent(react.emoji(), first -> new ArrayList<>());
      if (!react.added()) {
        users.remove(by.draft().senderId());
      } else if (!users.contains(by.draft().senderId())) {
        users.add(by.draft().senderId());
      }
      reactions.values().removeIf(List::isEmpty);
    }
    return with(target, content, null, new EntryState(false, editedAt, reactions, pinned));
  }

  private static void editsSay(
      List<LogEntry> log, String targetMessageId, Content content, Content replacement) {
    log.replaceAll(
        entry ->
            entry.draft().revision() instanceof Revision.Edit edit
                    && edit.targetMessageId().equals(targetMessageId)
                ? with(
                    entry,
                    content,
                    new Revision.Edit(targetMessageId, replacement, edit.keepsPast()),
                    entry.state())
                : entry);
  }

  private static LogEntry purged(LogEntry entry) {
    EntryDraft draft = entry.draft();
    MessageOptions options = draft.options();
    EntryState revoked = new EntryState(true, null, Map.of(), false);
    return new LogEntry(
        entry.seq(),
        entry.timestamp(),
        Drafts.message(
            draft.conversationId(),
            draft.senderId(),
            draft.messageId(),
            Content.REVOKED,
            new MessageOptions(
                options.clientTimestamp(),
                options.replyTo(),
                options.mentions(),
                null,
                options.expiresIn())),
        revoked);
  }

  private static LogEntry with(
      LogEntry entry, Content content, @Nullable Revision revision, EntryState state) {
    EntryDraft draft = entry.draft();
    return new LogEntry(
        entry.seq(),
        entry.timestamp(),
        new EntryDraft(
            draft.conversationId(),
            draft.type(),
            draft.messageId(),
            draft.senderId(),
            content,
            draft.options(),
            revision),
        state,
        entry.targetSeq());
  }
}
