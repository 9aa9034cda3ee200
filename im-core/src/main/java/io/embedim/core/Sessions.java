package io.embedim.core;

import io.embedim.core.internal.session.LiveSession;
import io.embedim.core.internal.session.PresenceTracker;
import io.embedim.core.internal.session.SessionContext;
import io.embedim.core.session.CloseReason;
import io.embedim.core.session.Connection;
import io.embedim.core.session.Session;
import io.embedim.core.session.SessionRequest;
import io.embedim.spi.cluster.SessionInfo;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The live sessions of this node. Safe for use by many threads. */
public final class Sessions {

  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

  private final SessionContext context;
  private final PresenceTracker presence;
  private final Supplier<String> ids;
  private final String nodeId;
  private volatile boolean draining;

  Sessions(SessionContext context, PresenceTracker presence, Supplier<String> ids, String nodeId) {
    this.context = context;
    this.presence = presence;
    this.ids = ids;
    this.nodeId = nodeId;
    context.registry().onRemoved(this::removed);
  }

  /**
   * Opens a session: from now on the connection is written to, its greeting first. Blocks while the
   * user's presence is recorded.
   *
   * @throws ImException {@code unavailable} while the engine drains; {@code rate_limited} when the
   *     user has as many sessions as allowed
   */
  public Session open(SessionRequest request, Connection connection) {
    String userId = request.identity().userId();
    if (draining) {
      throw new ImException(ImError.UNAVAILABLE, "the server is going away, connect again");
    }
    String sessionId = ids.get();
    SessionInfo info =
        new SessionInfo(
            sessionId,
            userId,
            nodeId,
            request.deviceId() == null ? sessionId : request.deviceId(),
            request.platform(),
            context.clock().millis());
    LiveSession session = new LiveSession(info, request, connection, context);
    List<LiveSession> replaced =
        context
            .registry()
            .add(session, context.settings().loginPolicy(), context.settings().sessionsPerUser());
    if (replaced == null) {
      throw new ImException(ImError.RATE_LIMITED, "you have too many open sessions");
    }
    replaced.forEach(other -> other.close(CloseReason.REPLACED));
    session.start();
    presence.connected(info);
    if (draining) {
      session.close(CloseReason.DRAINING);
    }
    return session;
  }

  /** Closes all sessions of a user on this node. */
  public void close(String userId, CloseReason reason) {
    context.registry().of(userId).forEach(session -> session.close(reason));
  }

  /** How many sessions this node has. */
  public int count() {
    return context.registry().count();
  }

  /** No new sessions; those that are open are told to reconnect elsewhere. */
  void drain() {
    draining = true;
    context
        .registry()
        .all()
        .forEach(ofUser -> ofUser.forEach(session -> session.close(CloseReason.DRAINING)));
  }

  private void removed(LiveSession session) {
    presence.forget(session);
    try {
      context.executor().execute(() -> presence.disconnected(session.info()));
    } catch (RejectedExecutionException e) {
      LOG.debug("the engine is closed, the lease of {} will end", session.info().sessionId(), e);
    }
  }
}
