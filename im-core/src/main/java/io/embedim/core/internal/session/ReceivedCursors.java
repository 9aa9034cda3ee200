package io.embedim.core.internal.session;

import io.embedim.core.internal.send.AppendLanes;
import io.embedim.core.internal.send.FanOut;
import io.embedim.core.session.ServerFrame;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.Cursors;
import io.embedim.spi.store.CursorMove;
import io.embedim.spi.store.CursorResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers what devices have received and writes it behind. After a crash the stored cursors may
 * lag: then something is delivered again, never lost.
 */
public final class ReceivedCursors {

  private static final Logger LOG = LoggerFactory.getLogger(ReceivedCursors.class);

  /**
   * Cursors that may wait. What comes beyond is dropped: the client's next receipt makes up for it.
   */
  private static final int MAX_WAITING = 100_000;

  private record Key(ConversationId conversationId, String userId) {}

  private final ConcurrentHashMap<Key, Long> waiting = new ConcurrentHashMap<>();
  private final AppendLanes lanes;
  private final FanOut fanOut;

  public ReceivedCursors(AppendLanes lanes, FanOut fanOut) {
    this.lanes = lanes;
    this.fanOut = fanOut;
  }

  void note(ConversationId id, String userId, long seq) {
    if (waiting.size() < MAX_WAITING) {
      waiting.merge(new Key(id, userId), seq, Math::max);
    }
  }

  /** Hands what waits to the lanes; done when it is stored. */
  public CompletableFuture<Void> flush() {
    List<CompletableFuture<?>> moves = new ArrayList<>();
    for (Key key : waiting.keySet()) {
      Long seq = waiting.remove(key);
      if (seq != null) {
        Cursors to = new Cursors(0, seq);
        moves.add(
            lanes
                .advanceWhenQuiet(new CursorMove(key.conversationId(), key.userId(), to))
                .handle((result, failure) -> settle(key, seq, result, failure)));
      }
    }
    return CompletableFuture.allOf(moves.toArray(CompletableFuture<?>[]::new));
  }

  private boolean settle(Key key, long seq, CursorResult result, Throwable failure) {
    if (failure != null) {
      LOG.debug("a received cursor of {} has to wait", key.conversationId(), failure);
      note(key.conversationId(), key.userId(), seq);
    } else if (result instanceof CursorResult.Stored stored
        && stored.now().receivedSeq() > stored.before().receivedSeq()
        && !key.conversationId().isGroup()) {
      tellPeer(key, stored.now().receivedSeq());
    }
    return true;
  }

  private void tellPeer(Key key, long receivedSeq) {
    String peer = key.conversationId().peerOf(key.userId());
    if (!peer.equals(key.userId())) {
      fanOut.tell(
          List.of(peer),
          ServerFrame.ConversationChanged.peerReceived(key.conversationId(), receivedSeq),
          null);
    }
  }
}
