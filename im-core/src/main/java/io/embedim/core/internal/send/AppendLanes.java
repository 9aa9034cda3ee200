package io.embedim.core.internal.send;

import io.embedim.core.SendResult;
import io.embedim.core.internal.send.LaneTask.PendingAppend;
import io.embedim.core.internal.send.LaneTask.PendingCursor;
import io.embedim.core.internal.send.LaneTask.PendingWork;
import io.embedim.core.internal.time.EngineExecutor;
import io.embedim.spi.hook.ImListener;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.Membership;
import io.embedim.spi.store.CursorMove;
import io.embedim.spi.store.CursorResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** The lanes of an engine. A conversation always goes through the same one. */
public final class AppendLanes {

  private final LaneContext context;
  private final List<AppendLane> lanes = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopped;

  public AppendLanes(
      LaneContext context, Executor executor, FanOut fanOut, List<ImListener> listeners) {
    this.context = context;
    ThreadFactory factory = EngineExecutor.daemonThreads("embedim-lane-");
    for (int i = 0; i < context.settings().lanes(); i++) {
      AppendLane lane = new AppendLane(context, new Dispatcher(executor, fanOut, listeners));
      lanes.add(lane);
      threads.add(factory.newThread(lane));
    }
    threads.forEach(Thread::start);
  }

  CompletableFuture<SendResult> append(
      EntryDraft draft, SendCheck check, Membership membership, @Nullable String originSession) {
    PendingAppend task =
        new PendingAppend(draft, check, membership, originSession, context.clock().millis());
    laneOf(draft.conversationId()).submit(task);
    return task.result();
  }

  /**
   * Commits a change of a conversation; the future fails with an ImException when it is refused or
   * cannot be stored.
   */
  public <R> CompletableFuture<R> commit(ConversationId id, LaneWork<R> work) {
    PendingWork<R> task = new PendingWork<>(work, context.clock().millis());
    laneOf(id).submit(task);
    return task.result();
  }

  /** Commits a cursor's move; the future fails with an ImException when it cannot be stored. */
  public CompletableFuture<CursorResult> advance(CursorMove move) {
    PendingCursor task = new PendingCursor(move, context.clock().millis());
    laneOf(move.conversationId()).submit(task);
    return task.result();
  }

  /**
   * Commits a cursor's move that can wait: the future fails at once while the lane has much to do.
   */
  public CompletableFuture<CursorResult> advanceWhenQuiet(CursorMove move) {
    PendingCursor task = new PendingCursor(move, context.clock().millis());
    laneOf(move.conversationId()).submitWhenQuiet(task);
    return task.result();
  }

  /** Done when everything that was submitted before was committed, or has failed. */
  public CompletableFuture<Void> settled() {
    CompletableFuture<?>[] marks = new CompletableFuture<?>[lanes.size()];
    for (int i = 0; i < marks.length; i++) {
      LaneTask.Mark mark = new LaneTask.Mark();
      lanes.get(i).submit(mark);
      marks[i] = mark.result();
    }
    return CompletableFuture.allOf(marks);
  }

  /**
   * Looks after those who wait, and after commits of which nothing is known; called now and then.
   */
  public void lookAfter(long now) {
    expire(now);
    lanes.forEach(AppendLane::settleUnknown);
  }

  /** Answers those who have waited too long at {@code now}, in ms since the epoch. */
  private void expire(long now) {
    long deadline = now - context.settings().commitTimeout().toMillis();
    lanes.forEach(lane -> lane.expire(deadline));
  }

  /**
   * Commits what waits and stops.
   *
   * @return whether all of it was committed in time
   */
  public boolean stop(Duration within) throws InterruptedException {
    stopped = true;
    long end = System.nanoTime() + within.toNanos();
    for (AppendLane lane : lanes) {
      lane.stop(millisUntil(end));
    }
    boolean allDone = true;
    for (Thread thread : threads) {
      thread.join(millisUntil(end));
      allDone &= !thread.isAlive();
    }
    return allDone;
  }

  /** Whether nothing is taken any more. */
  boolean isStopped() {
    return stopped;
  }

  /** Tells all those who still wait that nothing is known. */
  public void giveUp() {
    lanes.forEach(lane -> lane.expire(Long.MAX_VALUE));
  }

  private static long millisUntil(long nanoTime) {
    return Math.max(1, (nanoTime - System.nanoTime()) / 1_000_000);
  }

  private AppendLane laneOf(ConversationId id) {
    return lanes.get(Math.floorMod(id.hashCode(), lanes.size()));
  }
}
