package io.embedim.core.internal.send;

import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.core.internal.send.LaneTask.PendingAppend;
import io.embedim.core.internal.send.LaneTask.PendingCursor;
import io.embedim.spi.model.Membership;
import io.embedim.spi.store.AppendResult;
import io.embedim.spi.store.CursorResult;
import io.embedim.spi.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A single writer. It commits whatever gathered while its last commit ran: one message at once when
 * it is idle, hundreds together under load, with no timer between. What comes for one conversation
 * is committed in the order in which it came.
 */
final class AppendLane implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(AppendLane.class);

  private static final String FAILED =
      "the message could not be stored, try again with the same id";

  /** How often a draft is decided again when the membership keeps changing under it. */
  private static final int DECISIONS = 20;

  /** After so many failures one after the other it is the store, not a single draft. */
  private static final int STORE_IS_AWAY = 2;

  private final LaneContext context;
  private final Dispatcher dispatcher;
  private final BlockingQueue<LaneTask<?>> queue;
  private volatile List<LaneTask<?>> inFlight = List.of();
  private volatile boolean stopping;

  AppendLane(LaneContext context, Dispatcher dispatcher) {
    this.context = context;
    this.dispatcher = dispatcher;
    this.queue = new ArrayBlockingQueue<>(context.settings().laneQueue());
  }

  /** Takes a task; it fails at once when too many wait or the lane is stopping. */
  void submit(LaneTask<?> task) {
    if (stopping || !queue.offer(task)) {
      task.unavailable("the server is too busy, try again with the same id");
    } else if (stopping && queue.remove(task)) {
      // The lane may have looked into the queue for the last time just before.
      task.unavailable("the server is going away, try again with the same id");
    }
  }

  /** Takes no further tasks; those that wait are committed, then the lane's thread ends. */
  void stop(long withinMillis) throws InterruptedException {
    stopping = true;
    if (!queue.offer(new LaneTask.Stop(), withinMillis, TimeUnit.MILLISECONDS)) {
      LOG.warn("a lane is stuck in its store with {} tasks waiting", queue.size());
    }
  }

  /** Tells those who have waited since before {@code deadline} that nothing came of it yet. */
  void expire(long deadline) {
    queue.removeIf(task -> expired(task, deadline));
    inFlight.forEach(task -> expired(task, deadline));
  }

  private static boolean expired(LaneTask<?> task, long deadline) {
    if (task.submittedAt() > deadline) {
      return false;
    }
    task.unavailable("the message was not stored in time, try again with the same id");
    return true;
  }

  @Override
  public void run() {
    List<LaneTask<?>> batch = new ArrayList<>();
    boolean open = true;
    while (open || !queue.isEmpty()) {
      try {
        batch.add(queue.take());
      } catch (InterruptedException e) {
        // Nobody but the JVM's end interrupts a lane; what waits is failed by its time-out.
        return;
      }
      queue.drainTo(batch, context.settings().laneBatch() - 1);
      open &= !batch.removeIf(LaneTask.Stop.class::isInstance);
      inFlight = List.copyOf(batch);
      try {
        commit(batch);
      } catch (RuntimeException | Error e) {
        LOG.error("a batch failed in an unforeseen way", e);
        batch.forEach(task -> task.unavailable(FAILED));
      }
      inFlight = List.of();
      batch.clear();
    }
  }

  private void commit(List<LaneTask<?>> batch) {
    List<PendingAppend> appends = new ArrayList<>(batch.size());
    List<PendingCursor> cursors = new ArrayList<>();
    for (LaneTask<?> task : batch) {
      if (task instanceof PendingAppend append) {
        appends.add(append);
      } else if (task instanceof PendingCursor cursor) {
        cursors.add(cursor);
      }
    }
    for (int i = 0; !appends.isEmpty(); i++) {
      appends = decideAgain(append(appends), i < DECISIONS);
    }
    if (!cursors.isEmpty()) {
      advance(cursors);
    }
  }

  /**
   * Commits drafts and returns those whose membership is no longer the one they were decided on.
   */
  private List<PendingAppend> append(List<PendingAppend> drafts) {
    try {
      return settle(drafts, commitAll(drafts));
    } catch (StoreException e) {
      LOG.warn("a batch of {} could not be committed", drafts.size(), e);
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
      } catch (StoreException e) {
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
        pending.committed(appended.entry().seq(), appended.entry().timestamp(), false);
        committed.add(new Committed(appended.entry(), pending.originSession()));
      } else if (result instanceof AppendResult.Duplicate first) {
        pending.committed(first.seq(), first.timestamp(), true);
      } else if (result instanceof AppendResult.MembershipChanged) {
        moved.add(pending);
      } else {
        pending.result().completeExceptionally(refusal(result));
      }
    }
    if (!committed.isEmpty()) {
      dispatcher.dispatch(committed);
    }
    return moved;
  }

  private List<PendingAppend> decideAgain(List<PendingAppend> moved, boolean worthIt) {
    moved.forEach(pending -> context.memberships().invalidate(pending.draft().conversationId()));
    List<PendingAppend> allowed = new ArrayList<>(moved.size());
    for (PendingAppend pending : moved) {
      if (!worthIt) {
        pending.unavailable("the conversation's members keep changing, try again");
        continue;
      }
      try {
        Membership now = context.memberships().get(pending.draft().conversationId());
        context.rules().check(pending.draft(), now, context.clock().millis());
        pending.decidedOn(now.version());
        allowed.add(pending);
      } catch (ImException e) {
        pending.result().completeExceptionally(e);
      } catch (StoreException e) {
        LOG.warn("the members of {} could not be loaded", pending.draft().conversationId(), e);
        pending.unavailable(FAILED);
      }
    }
    return allowed;
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
    } catch (StoreException e) {
      LOG.warn("{} cursors could not be committed", cursors.size(), e);
      cursors.forEach(cursor -> cursor.unavailable("the cursor could not be stored, try again"));
    }
  }

  private static ImException refusal(AppendResult result) {
    if (result instanceof AppendResult.KeyTaken) {
      return new ImException(
          ImError.MESSAGE_ID_TAKEN, "another member has used this message id here");
    }
    AppendResult.RevisionRefused refused = (AppendResult.RevisionRefused) result;
    return switch (refused.reason()) {
      case TARGET_MISSING -> new ImException(ImError.MESSAGE_NOT_FOUND, "there is no such message");
      case TARGET_REVOKED -> new ImException(ImError.MESSAGE_NOT_FOUND, "the message was revoked");
      case LIMIT_REACHED ->
          new ImException(ImError.INVALID_ARGUMENT, "there are as many of these as allowed");
    };
  }
}
