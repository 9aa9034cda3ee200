package io.embedim.core.internal.session;

import io.embedim.core.ImException;
import io.embedim.core.internal.read.MemberSight;
import io.embedim.core.session.ServerFrame;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.MemberView;
import io.embedim.spi.store.ImStores;
import io.embedim.spi.store.SeqRange;
import io.embedim.spi.store.StoreException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads from the log what a session's queue had no room for, or what its client never confirmed.
 *
 * <p>A few sessions at a time and a page of each in turn: however many come back at once, commits
 * and other readers keep their share of the storage, and a long log does not hold up a short one.
 */
public final class CatchUp {

  private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);

  /** Pages that are read at the same time. */
  private static final int AT_ONCE = 2;

  private final ImStores stores;
  private final MemberSight sight;
  private final Clock clock;
  private final Executor executor;

  /** Each session is here at most once. */
  private final Queue<Waiting> queue = new ArrayDeque<>();

  private int readers;

  /** A session that lacks something. */
  private record Waiting(String userId, Outbox outbox) {}

  public CatchUp(ImStores stores, Clock clock, Executor executor) {
    this.stores = stores;
    this.sight = new MemberSight(stores.conversations());
    this.clock = clock;
    this.executor = executor;
  }

  /** Fills the queue of a session, in its turn, as far as there is room. Does not block. */
  void begin(String userId, Outbox outbox) {
    synchronized (this) {
      queue.add(new Waiting(userId, outbox));
      if (readers == AT_ONCE) {
        return;
      }
      readers++;
    }
    try {
      executor.execute(this::read);
    } catch (RejectedExecutionException e) {
      synchronized (this) {
        readers--;
      }
      LOG.debug("the engine is closed, sessions are not caught up", e);
    }
  }

  private void read() {
    for (Waiting next = next(null); next != null; ) {
      next = next(readPage(next) ? next : null);
    }
  }

  /** Whose turn it is; null ends this reader. */
  private synchronized @Nullable Waiting next(@Nullable Waiting again) {
    if (again != null) {
      queue.add(again);
    }
    Waiting next = queue.poll();
    if (next == null) {
      readers--;
    }
    return next;
  }

  /** Whether the session may need another page. */
  private boolean readPage(Waiting session) {
    Outbox outbox = session.outbox();
    try {
      Outbox.Behind behind = outbox.nextBehind();
      if (behind == null) {
        return false;
      }
      MemberView member =
          stores
              .conversations()
              .memberViews(session.userId(), List.of(behind.id()))
              .get(behind.id());
      if (member != null && behind.afterSeq() < lastSeq(member)) {
        outbox.caughtUp(behind, read(session.userId(), behind, member));
      } else {
        outbox.left(behind.id());
      }
      return true;
    } catch (StoreException | ImException e) {
      LOG.warn("a session of {} cannot be caught up and has to sync", session.userId(), e);
    } catch (RuntimeException e) {
      LOG.error("a session of {} cannot be caught up and has to sync", session.userId(), e);
    }
    outbox.cannotCatchUp();
    return false;
  }

  /** Whoever left a group still hears of it. */
  private static long lastSeq(MemberView member) {
    return member.left() ? member.head().maxSeq() : Long.MAX_VALUE;
  }

  /**
   * Whoever came back does not hear what was said meanwhile. Not from the membership that is
   * remembered, which may be from before both.
   */
  private List<Outbox.Missed> read(String userId, Outbox.Behind behind, MemberView member) {
    long afterSeq = Math.max(behind.afterSeq(), member.hiddenUpTo());
    List<LogEntry> entries =
        stores.messages().read(behind.id(), SeqRange.after(afterSeq, behind.limit())).stream()
            .filter(entry -> entry.seq() <= lastSeq(member))
            .toList();
    Map<Long, SharedFrame> frames = new HashMap<>();
    sight
        .of(userId, member, entries, clock.millis())
        .forEach(entry -> frames.put(entry.seq(), frame(entry)));
    return entries.stream()
        .map(entry -> new Outbox.Missed(entry.seq(), frames.get(entry.seq())))
        .toList();
  }

  private static SharedFrame frame(LogEntry entry) {
    return new SharedFrame(new ServerFrame.Logged(entry));
  }
}
