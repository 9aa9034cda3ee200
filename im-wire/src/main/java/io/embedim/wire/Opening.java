package io.embedim.wire;

import io.embedim.core.ImEngine;
import io.embedim.core.ImError;
import io.embedim.core.ImSettings;
import io.embedim.core.session.CloseReason;
import io.embedim.core.session.Connection;
import io.embedim.core.session.Session;
import io.embedim.core.session.SessionRequest;
import io.embedim.spi.hook.Authenticator;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection before its session is open: it waits for AUTH, has the token checked on the engine's
 * executor, and keeps what arrives meanwhile. It is dropped when the session is open.
 *
 * <p>What it writes itself is one refusal at most, right before it closes, so that there is never
 * more than one write under way.
 */
final class Opening {

  private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

  /** Frames of a stranger that may wait while the token is checked. */
  private static final int STRANGERS_FRAMES = 64;

  private final ImEngine engine;
  private final TokenCheck tokens;
  private final WireSession owner;
  private final Connection connection;

  private final Queue<Waiting> waiting = new ArrayDeque<>();
  private ConnectionOptions options;
  private State state = State.AWAITING_AUTH;
  private volatile boolean known;
  private int waitingBytes;
  private Runnable cancelTimeout = () -> {};

  private record Waiting(ClientFrame frame, int bytes) {}

  private enum State {
    /** Nothing but AUTH is taken. */
    AWAITING_AUTH,
    /** The token is checked and the session is opened; frames wait. */
    OPENING,
    /** The connection is being closed; frames are dropped. */
    REFUSED,
    /** The session or nobody is in charge. */
    OVER
  }

  Opening(
      ImEngine engine,
      TokenCheck tokens,
      WireSession owner,
      Connection connection,
      ConnectionOptions options) {
    this.engine = engine;
    this.tokens = tokens;
    this.owner = owner;
    this.connection = connection;
    this.options = options;
  }

  synchronized void start() {
    cancelTimeout = engine.schedule(engine.settings().authTimeout(), this::timedOut);
    Authenticator.Result.Authenticated identity = options.identity();
    if (identity != null) {
      known = true;
      begin(() -> openSession(null, identity));
    }
  }

  /** Takes a frame; false when the session is open and has to take it. */
  synchronized boolean takes(ClientFrame frame, int bytes) {
    switch (state) {
      case AWAITING_AUTH -> first(frame);
      case OPENING -> {
        waitingBytes += bytes;
        if (hasRoom()) {
          waiting.add(new Waiting(frame, bytes));
        } else {
          close(CloseReason.TOO_MANY);
        }
      }
      case REFUSED -> {}
      case OVER -> {
        return false;
      }
    }
    return true;
  }

  /** A user has as much room as in an open session, which she may already take hers for. */
  private boolean hasRoom() {
    ImSettings settings = engine.settings();
    return known
        ? waiting.size() < settings.mailboxFrames() && waitingBytes <= settings.queueBytes()
        : waiting.size() < STRANGERS_FRAMES && waitingBytes <= 2 * settings.maxFrameBytes();
  }

  private void first(ClientFrame frame) {
    if (frame instanceof ClientFrame.Auth auth) {
      options = options.with(auth);
      begin(() -> authenticate(auth));
    } else if (frame instanceof ClientFrame.Invalid invalid) {
      refuse(
          invalid.messageId(),
          WireError.of(invalid.error(), invalid.problem()),
          CloseReason.UNAUTHENTICATED.code());
    } else {
      refuse(
          frame.messageId(),
          WireError.of(ImError.UNAUTHENTICATED, "the first frame is expected to be AUTH, type 90"),
          CloseReason.UNAUTHENTICATED.code());
    }
  }

  synchronized void closed() {
    state = State.OVER;
    waiting.clear();
    cancelTimeout.run();
  }

  private synchronized void timedOut() {
    switch (state) {
      case AWAITING_AUTH, REFUSED -> close(CloseReason.UNAUTHENTICATED);
      case OPENING -> close(WireError.TRY_AGAIN_LATER, "the session could not be opened in time");
      case OVER -> {}
    }
  }

  private void begin(Runnable work) {
    state = State.OPENING;
    try {
      engine.executor().execute(work);
    } catch (RejectedExecutionException e) {
      LOG.debug("the engine is closed, a connection is refused", e);
      close(CloseReason.DRAINING);
    }
  }

  /** On the engine's executor; blocks, so not under the lock. */
  private void authenticate(ClientFrame.Auth auth) {
    Authenticator.Result.Authenticated identity;
    try {
      identity = tokens.identify(auth.token());
    } catch (RuntimeException e) {
      WireError error = WireError.of(e);
      refuse(auth.messageId(), error, error.closeCode());
      return;
    }
    known = true;
    openSession(auth.messageId(), identity);
  }

  private void openSession(
      @Nullable String messageId, Authenticator.Result.Authenticated identity) {
    try {
      handOver(engine.sessions().open(request(identity), connection));
    } catch (RuntimeException e) {
      WireError error = WireError.of(e);
      switch (error.error()) {
        // Nobody can say when the user will close one of her other sessions.
        case RATE_LIMITED -> close(CloseReason.TOO_MANY);
        case UNAVAILABLE -> refuse(messageId, error, CloseReason.DRAINING.code());
        default -> refuse(messageId, error, error.closeCode());
      }
    }
  }

  private SessionRequest request(Authenticator.Result.Authenticated identity) {
    return new SessionRequest(
        identity,
        options.deviceId(),
        options.platform(),
        options.batched(),
        JsonFormat.V1,
        info ->
            JsonFormat.V1.encode(
                new Answer.Welcome(info, engine.settings(), engine.clock().millis())));
  }

  private synchronized void handOver(Session session) {
    if (state != State.OPENING) {
      session.disconnected();
      return;
    }
    state = State.OVER;
    cancelTimeout.run();
    // Under the lock, so that what arrives now comes behind what waited.
    for (Waiting next : waiting) {
      owner.handle(session, next.frame(), next.bytes());
    }
    owner.opened(session);
  }

  /** Tells why, and closes when that is written; in no case later than the time to authenticate. */
  private synchronized void refuse(@Nullable String messageId, WireError error, int closeCode) {
    if (state == State.REFUSED || state == State.OVER) {
      return;
    }
    state = State.REFUSED;
    waiting.clear();
    connection.write(
        JsonFormat.V1.encode(new Answer.Refused(messageId, error)),
        written -> connection.close(closeCode, error.error().reason()));
  }

  private void close(CloseReason reason) {
    close(reason.code(), reason.phrase());
  }

  private synchronized void close(int code, String phrase) {
    if (state == State.OVER) {
      return;
    }
    state = State.REFUSED;
    waiting.clear();
    connection.close(code, phrase);
  }
}
