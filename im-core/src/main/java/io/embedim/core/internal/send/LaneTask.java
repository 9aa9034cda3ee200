package io.embedim.core.internal.send;

import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.core.SendResult;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.Membership;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.CursorMove;
import io.embedim.spi.store.CursorResult;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What waits for a commit, and where its result goes.
 *
 * @param <R> the result
 */
abstract sealed class LaneTask<R> {

  private final long submittedAt;
  private final CompletableFuture<R> result = new CompletableFuture<>();

  private LaneTask(long submittedAt) {
    this.submittedAt = submittedAt;
  }

  /** When it was submitted, in ms since the epoch. */
  final long submittedAt() {
    return submittedAt;
  }

  final CompletableFuture<R> result() {
    return result;
  }

  /** Tells the caller that nothing is known of a commit, unless it was told otherwise before. */
  final void unavailable(String message) {
    if (!result.isDone()) {
      result.completeExceptionally(new ImException(ImError.UNAVAILABLE, message));
    }
  }

  /** A draft. */
  static final class PendingAppend extends LaneTask<SendResult> {
    private final EntryDraft draft;
    private final SendCheck check;
    private final @Nullable String originSession;
    private Membership membership;

    /**
     * @param check what was decided on {@code membership}
     */
    PendingAppend(
        EntryDraft draft,
        SendCheck check,
        Membership membership,
        @Nullable String originSession,
        long submittedAt) {
      super(submittedAt);
      this.draft = draft;
      this.check = check;
      this.membership = membership;
      this.originSession = originSession;
    }

    EntryDraft draft() {
      return draft;
    }

    /** The session that gets the acknowledgement instead of the entry. */
    @Nullable String originSession() {
      return originSession;
    }

    /** The version of the membership that it was decided on. */
    long version() {
      return membership.version();
    }

    Append append() {
      return new Append(draft, membership.version(), SendRules.hiddenFrom(draft, membership));
    }

    /**
     * Decides on it again.
     *
     * @param now in ms since the epoch
     * @throws ImException when it may not be committed on this membership
     */
    void decide(Membership fresh, long now) {
      check.check(fresh, now);
      membership = fresh;
    }

    /** Whom it is for, when it is committed now; null for the two of a one-to-one conversation. */
    @Nullable Collection<String> recipients() {
      if (draft.conversationId().isGroup()) {
        return membership.members().keySet();
      }
      return SendRules.hiddenFrom(draft, membership) == null ? null : List.of(draft.senderId());
    }

    /** Tells the sender; false when she was told of a failure before. */
    boolean committed(long seq, long timestamp, boolean duplicate) {
      return result()
          .complete(
              new SendResult(draft.messageId(), draft.conversationId(), seq, timestamp, duplicate));
    }
  }

  /** A change that is committed by itself. */
  static final class PendingWork<R> extends LaneTask<R> {
    private final LaneWork<R> work;

    PendingWork(LaneWork<R> work, long submittedAt) {
      super(submittedAt);
      this.work = work;
    }

    LaneWork<R> work() {
      return work;
    }

    /** Commits it and tells the caller. */
    void commit() {
      result().complete(work.commit());
    }
  }

  /** A cursor that moves. */
  static final class PendingCursor extends LaneTask<CursorResult> {
    private final CursorMove move;

    PendingCursor(CursorMove move, long submittedAt) {
      super(submittedAt);
      this.move = move;
    }

    CursorMove move() {
      return move;
    }
  }

  /** Tells when everything that was submitted before it has been committed or has failed. */
  static final class Mark extends LaneTask<Boolean> {
    Mark() {
      super(Long.MAX_VALUE);
    }

    void reached() {
      result().complete(true);
    }
  }

  /** The last task of a lane. */
  static final class Stop extends LaneTask<Void> {
    Stop() {
      super(Long.MAX_VALUE);
    }
  }
}
