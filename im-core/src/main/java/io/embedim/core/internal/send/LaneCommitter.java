package io.embedim.core.internal.send;

import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.core.internal.send.LaneTask.Mark;
import io.embedim.core.internal.send.LaneTask.PendingAppend;
import io.embedim.core.internal.send.LaneTask.PendingCursor;
import io.embedim.core.internal.send.LaneTask.PendingWork;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.Membership;
import io.embedim.spi.model.Revision;
import io.embedim.spi.store.AppendResult;
import io.embedim.spi.store.CursorResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits what a lane has gathered, tells the senders, and hands on what is to be delivered. Called
 * by its lane's thread only.
 */
final class LaneCommitter {

  static final String FAILED = "the message could not be stored, try again with the same id";

  private static final Logger LOG = LoggerFactory.getLogger(LaneCommitter.class);

  /** How often a draft is decided again when the membership keeps changing under it. */
  private static final int DECISIONS = 20;

  /** After so many failures one after the other it is the store, not a single draft. */
  private static final int STORE_IS_AWAY = 2;

  private final LaneContext context;
  private final Dispatcher dispatcher;
  private final UnknownCommits unknown;

  LaneCommitter(LaneContext context, Dispatcher dispatcher) {
    this.context = context;
    this.dispatcher = dispatcher;
    this.unknown = new UnknownCommits(context.stores().messages());
  }

  /** Whether commits failed of which it is unknown what became of them; asked by any thread. */
  boolean hasUnknown() {
    return !unknown.isEmpty();
  }

  void commit(List<LaneTask<?>> batch) {
    // First, so that what they committed is delivered before what follows it.
    dispatch(unknown.settle());
    List<PendingAppend> appends = new ArrayList<>(batch.size());
    List<PendingCursor> cursors = new ArrayList<>();
    for (LaneTask<?> task : batch) {
      if (task instanceof PendingAppend append) {
        appends.add(append);
      } else if (task instanceof PendingCursor cursor) {
        cursors.add(cursor);
      } else if (task instanceof PendingWork<?> work) {
        commitAppends(appends);
        appends = new ArrayList<>();
        commit(work);
      }
    }
    commitAppends(appends);
    if (!cursors.isEmpty()) {
      advance(cursors);
    }
    for (LaneTask<?> task : batch) {
      if (task instanceof Mark mark) {
        mark.reached();
      }
    }
  }

  private void commitAppends(List<PendingAppend> drafts) {
    List<PendingAppend> appends = aligned(drafts);
    for (int i = 0; !appends.isEmpty(); i++) {
      appends = decideAgain(append(appends), i < DECISIONS);
    }
  }

  private void commit(PendingWork<?> work) {
    try {
      work.commit();
    } catch (ImException e) {
      work.result().completeExceptionally(e);
    } catch (RuntimeException e) {
      LOG.warn("a change could not be committed", e);
      work.work().unknown().forEach(unknown::add);
      work.unavailable("the change could not be stored, look whether it was made and try again");
    }
    dispatch(work.work().committed());
  }

  /**
   * Commits drafts and returns those whose membership is no longer the one they were decided on.
   */
  private List<PendingAppend> append(List<PendingAppend> drafts) {
    try {
      return settle(drafts, commitAll(drafts));
    } catch (RuntimeException e) {
      LOG.warn("a batch of {} could not be committed", drafts.size(), e);
      drafts.forEach(draft -> unknown.add(draft.draft()));
      if (drafts.size() > 1) {
        return appendSingly(drafts);
      }
      drafts.get(0).unavailable(FAILED);
      return List.of();
    }
  }

  /** Keeps a draft that the store chokes on from taking the others of its batch down with it. */
  private List<PendingAppend> appendSingly(List<PendingAppend> drafts) {
    List<PendingAppend> moved = new ArrayList<>();
    int failures = 0;
    for (PendingAppend draft : drafts) {
      if (failures == STORE_IS_AWAY || draft.result().isDone()) {
        draft.unavailable(FAILED);
        continue;
      }
      try {
        List<PendingAppend> single = List.of(draft);
        moved.addAll(settle(single, commitAll(single)));
        failures = 0;
      } catch (RuntimeException e) {
        LOG.warn("message {} could not be committed", draft.draft().messageId(), e);
        draft.unavailable(FAILED);
        failures++;
      }
    }
    return moved;
  }

  private List<AppendResult> commitAll(List<PendingAppend> drafts) {
    return context
        .stores()
        .messages()
        .append(drafts.stream().map(PendingAppend::append).toList(), context.clock().millis());
  }

  private List<PendingAppend> settle(List<PendingAppend> drafts, List<AppendResult> results) {
    List<Committed> committed = new ArrayList<>(drafts.size());
    List<PendingAppend> moved = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      PendingAppend pending = drafts.get(i);
      AppendResult result = results.get(i);
      if (result instanceof AppendResult.Appended appended) {
        unknown.remove(pending.draft());
        committed.add(accepted(pending, appended.entry()));
      } else if (result instanceof AppendResult.Duplicate first) {
        LogEntry untold = unknown.find(pending.draft());
        if (untold != null) {
          committed.add(new Committed(untold, null, pending.recipients()));
        }
        pending.committed(first.seq(), first.timestamp(), true);
      } else if (result instanceof AppendResult.MembershipChanged) {
        moved.add(pending);
      } else {
        pending.result().completeExceptionally(refusal(pending.draft(), result));
      }
    }
    dispatch(committed);
    return moved;
  }

  private static Committed accepted(PendingAppend pending, LogEntry entry) {
    boolean told = pending.committed(entry.seq(), entry.timestamp(), false);
    // A session that was told of a failure before learns from the entry that there was none.
    return new Committed(entry, told ? pending.originSession() : null, pending.recipients());
  }

  private void dispatch(List<Committed> committed) {
    if (!committed.isEmpty()) {
      dispatcher.dispatch(committed);
    }
  }

  /**
   * Drafts of one conversation that were decided on different versions are decided again: otherwise
   * some would be committed and others moved, and those would change their order.
   */
  private List<PendingAppend> aligned(List<PendingAppend> drafts) {
    Map<ConversationId, Long> versions = new HashMap<>();
    Set<ConversationId> mixed = new HashSet<>();
    for (PendingAppend pending : drafts) {
      ConversationId id = pending.draft().conversationId();
      long version = pending.version();
      if (versions.computeIfAbsent(id, first -> version) != version) {
        mixed.add(id);
      }
    }
    Map<ConversationId, Membership> fresh = new HashMap<>();
    return mixed.isEmpty()
        ? drafts
        : drafts.stream()
            .filter(
                pending ->
                    !mixed.contains(pending.draft().conversationId()) || allowedNow(pending, fresh))
            .toList();
  }

  private List<PendingAppend> decideAgain(List<PendingAppend> moved, boolean worthIt) {
    if (!worthIt) {
      moved.forEach(
          pending -> pending.unavailable("the conversation's members keep changing, try again"));
      return List.of();
    }
    Map<ConversationId, Membership> now = new HashMap<>();
    List<PendingAppend> allowed = new ArrayList<>(moved.size());
    for (PendingAppend pending : moved) {
      if (allowedNow(pending, now)) {
        allowed.add(pending);
      }
    }
    return allowed;
  }

  private boolean allowedNow(PendingAppend pending, Map<ConversationId, Membership> fresh) {
    EntryDraft draft = pending.draft();
    try {
      pending.decide(
          fresh.computeIfAbsent(draft.conversationId(), context.memberships()::reload),
          context.clock().millis());
      return true;
    } catch (ImException e) {
      pending.result().completeExceptionally(e);
    } catch (RuntimeException e) {
      LOG.warn("message {} could not be decided again", draft.messageId(), e);
      pending.unavailable(FAILED);
    }
    return false;
  }

  private void advance(List<PendingCursor> cursors) {
    try {
      List<CursorResult> results =
          context
              .stores()
              .conversations()
              .advance(cursors.stream().map(PendingCursor::move).toList());
      for (int i = 0; i < results.size(); i++) {
        cursors.get(i).result().complete(results.get(i));
      }
    } catch (RuntimeException e) {
      LOG.warn("{} cursors could not be committed", cursors.size(), e);
      cursors.forEach(cursor -> cursor.unavailable("the cursor could not be stored, try again"));
    }
  }

  private static ImException refusal(EntryDraft draft, AppendResult result) {
    if (result instanceof AppendResult.KeyTaken) {
      return new ImException(
          ImError.MESSAGE_ID_TAKEN, "another member has used this message id here");
    }
    AppendResult.RevisionRefused refused = (AppendResult.RevisionRefused) result;
    return switch (refused.reason()) {
      case TARGET_MISSING -> new ImException(ImError.MESSAGE_NOT_FOUND, "there is no such message");
      case TARGET_REVOKED -> new ImException(ImError.MESSAGE_NOT_FOUND, "the message was revoked");
      case LIMIT_REACHED -> new ImException(ImError.INVALID_ARGUMENT, limitOf(draft.revision()));
    };
  }

  private static String limitOf(@Nullable Revision revision) {
    if (revision instanceof Revision.React react) {
      return "a message has at most " + react.maxKinds() + " kinds of reactions";
    }
    return revision instanceof Revision.Pin pin
        ? "at most " + pin.maxPinned() + " messages of a conversation can be pinned"
        : "there are as many of these as allowed";
  }
}
