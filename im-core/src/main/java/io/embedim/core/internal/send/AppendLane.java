package io.embedim.core.internal.send;

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

  private static final String TOO_BUSY = "the server is too busy, try again with the same id";
  private static final String GOING_AWAY = "the server is going away, try again with the same id";

  private final LaneCommitter committer;
  private final BlockingQueue<LaneTask<?>> queue;
  private final int batchSize;

  /** What is written behind waits outside while more than this waits to be committed. */
  private final int quiet;

  private volatile List<LaneTask<?>> inFlight = List.of();
  private volatile boolean stopping;

  AppendLane(LaneContext context, Dispatcher dispatcher) {
    this.committer = new LaneCommitter(context, dispatcher);
    this.queue = new ArrayBlockingQueue<>(context.settings().laneQueue());
    this.batchSize = context.settings().laneBatch();
    this.quiet = context.settings().laneQueue() / 4;
  }

  /** Takes a task; it fails at once when too many wait or the lane is stopping. */
  void submit(LaneTask<?> task) {
    if (stopping) {
      task.unavailable(GOING_AWAY);
    } else if (!queue.offer(task)) {
      task.unavailable(TOO_BUSY);
    } else if (stopping && queue.remove(task)) {
      // The lane may have looked into the queue for the last time just before.
      task.unavailable(GOING_AWAY);
    }
  }

  /** Takes a task that can wait outside; it fails at once while the lane has much to do. */
  void submitWhenQuiet(LaneTask<?> task) {
    if (queue.size() > quiet) {
      task.unavailable(TOO_BUSY);
    } else {
      submit(task);
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
    List<LaneTask<?>> expired = new ArrayList<>();
    // Whoever waits for a result may act at once on it, so that is not for the queue's lock.
    queue.removeIf(
        task -> {
          boolean late = task.submittedAt() <= deadline && !(task instanceof LaneTask.Stop);
          if (late) {
            expired.add(task);
          }
          return late;
        });
    for (LaneTask<?> task : inFlight) {
      if (task.submittedAt() <= deadline) {
        expired.add(task);
      }
    }
    expired.forEach(
        task -> task.unavailable("the message was not stored in time, try again with the same id"));
  }

  /** Finds out what became of commits that failed in an unknown way, while nothing else waits. */
  void settleUnknown() {
    if (committer.hasUnknown() && queue.isEmpty()) {
      submit(new LaneTask.Mark());
    }
  }

  @Override
  public void run() {
    List<LaneTask<?>> batch = new ArrayList<>();
    boolean open = true;
    while (open || !queue.isEmpty()) {
      try {
        if (open) {
          batch.add(queue.take());
        }
        // Behind the last task nothing is waited for: whoever came too late takes her own out
        // again.
        queue.drainTo(batch, batchSize - batch.size());
        open &= !batch.removeIf(LaneTask.Stop.class::isInstance);
        inFlight = List.copyOf(batch);
        committer.commit(batch);
      } catch (InterruptedException e) {
        LOG.warn("a lane was interrupted, which nobody has a reason to do; it goes on");
      } catch (RuntimeException | Error e) {
        LOG.error("a batch failed in an unforeseen way", e);
      }
      inFlight = List.of();
      batch.forEach(task -> task.unavailable(LaneCommitter.FAILED));
      batch.clear();
    }
  }
}
