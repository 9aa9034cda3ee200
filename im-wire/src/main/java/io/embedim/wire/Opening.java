package io.embedim.wire;

import io.embedim.core.ImEngine;
import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.core.session.CloseReason;
import io.embedim.core.session.Connection;
import io.embedim.core.session.Encoded;
import io.embedim.core.session.Session;
import io.embedim.core.session.SessionRequest;
import io.embedim.spi.hook.Authenticator;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A connection before its session is open: it waits for AUTH, has the token checked on the engine's
 * executor, and keeps what arrives meanwhile. It is dropped when the session is open.
 *
 * <p>The engine writes only after the last answer of this phase was written, so that there is never
 * more than one write under way.
 */
final class Opening {

  /** Frames that may wait while a token is checked. */
  private static final int MAX_WAITING = 64;

  /** Answers that may wait for a client that does not read them. */
  private static final int MAX_ANSWERS = 16;

  private static final int TRY_AGAIN_LATER = 1013;
  private static final int INTERNAL_ERROR = 1011;

  private final WireProtocol protocol;
  private final ImEngine engine;
  private final WireSession owner;
  private final Connection connection;

  private final Queue<Waiting> waiting = new ArrayDeque<>();
  private final Queue<Encoded> answers = new ArrayDeque<>();
  private ConnectionOptions options;
  private State state = State.AWAITING_AUTH;
  private boolean writing;
  private int waitingBytes;
  private int errors;
  private @Nullable Runnable onceWritten;
  private Runnable cancelTimeout = () -> {};

  private record Waiting(ClientFrame frame, int bytes) {}

  private enum State {
    /** Nothing but AUTH is taken. */
    AWAITING_AUTH,
    /** The token is checked and the session is opened; frames wait. */
    OPENING,
    /** The connection will be closed when the last answer is written; frames are dropped. */
    REFUSED,
    /** The session or nobody is in charge. */
    OVER
  }

  Opening(
      WireProtocol protocol, WireSession owner, Connection connection, ConnectionOptions options) {
    this.protocol = protocol;
    this.engine = protocol.engine();
    this.owner = owner;
    this.connection = connection;
    this.options = options;
  }

  synchronized void start() {
    cancelTimeout = engine.schedule(engine.settings().authTimeout(), this::timedOut);
    Authenticator.Result.Authenticated identity = options.identity();
    if (identity != null) {
      begin(null, () -> identity);
    }
  }

  /** Takes a frame; false when the session is open and has to take it. */
  synchronized boolean takes(ClientFrame frame, int bytes) {
    switch (state) {
      case AWAITING_AUTH -> first(frame);
      case OPENING -> {
        waitingBytes += bytes;
        if (waiting.size() >= MAX_WAITING || waitingBytes > 2 * engine.settings().maxFrameBytes()) {
          close(CloseReason.TOO_MANY.code(), CloseReason.TOO_MANY.phrase());
        } else {
          waiting.add(new Waiting(frame, bytes));
        }
      }
      case REFUSED -> {}
      case OVER -> {
        return false;
      }
    }
    return true;
  }

  private void first(ClientFrame frame) {
    if (frame instanceof ClientFrame.Auth auth) {
      options = options.with(auth);
      begin(auth.messageId(), () -> FrameHandler.identify(engine, auth.token()));
    } else if (frame instanceof ClientFrame.Invalid invalid) {
      refuseFrame(invalid.messageId(), WireError.of(invalid.error(), invalid.problem()));
    } else {
      refuseFrame(
          frame.messageId(),
          WireError.of(ImError.UNAUTHENTICATED, "the first frame is expected to be AUTH, type 90"));
    }
  }

  synchronized void closed() {
    state = State.OVER;
    waiting.clear();
    answers.clear();
    cancelTimeout.run();
  }

  private synchronized void timedOut() {
    switch (state) {
      case AWAITING_AUTH, REFUSED ->
          close(CloseReason.UNAUTHENTICATED.code(), CloseReason.UNAUTHENTICATED.phrase());
      case OPENING -> close(TRY_AGAIN_LATER, "the session could not be opened in time");
      case OVER -> {}
    }
  }

  private void begin(@Nullable String messageId, Supplier<Authenticator.Result.Authenticated> who) {
    state = State.OPENING;
    afterAnswers(
        () -> {
          try {
            engine.executor().execute(() -> openSession(messageId, who));
          } catch (RejectedExecutionException e) {
            close(CloseReason.DRAINING.code(), CloseReason.DRAINING.phrase());
          }
        });
  }

  /** On the engine's executor; blocks, so not under the lock. */
  private void openSession(
      @Nullable String messageId, Supplier<Authenticator.Result.Authenticated> who) {
    try {
      Session session = engine.sessions().open(request(who.get()), connection);
      handOver(session);
    } catch (RuntimeException e) {
      refuse(messageId, WireError.of(e), closeCode(e));
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

  private static int closeCode(RuntimeException e) {
    if (e instanceof ImException refusal) {
      return switch (refusal.error()) {
        case UNAUTHENTICATED, TOKEN_EXPIRED -> CloseReason.UNAUTHENTICATED.code();
        case RATE_LIMITED -> CloseReason.TOO_MANY.code();
        case UNAVAILABLE -> CloseReason.DRAINING.code();
        default -> CloseReason.PROTOCOL_ABUSE.code();
      };
    }
    return INTERNAL_ERROR;
  }

  private synchronized void refuse(@Nullable String messageId, WireError error, int closeCode) {
    if (state == State.OVER) {
      return;
    }
    state = State.REFUSED;
    waiting.clear();
    answer(messageId, error);
    afterAnswers(() -> close(closeCode, error.error().reason()));
  }

  private void refuseFrame(@Nullable String messageId, WireError error) {
    errors++;
    if (errors > engine.settings().errorsPerMinute() || answers.size() >= MAX_ANSWERS) {
      close(CloseReason.TOO_MANY.code(), CloseReason.TOO_MANY.phrase());
    } else {
      answer(messageId, error);
    }
  }

  private void answer(@Nullable String messageId, WireError error) {
    answers.add(JsonFormat.V1.encode(new Answer.Refused(messageId, error)));
    writeNext();
  }

  private void writeNext() {
    if (writing) {
      return;
    }
    Encoded next = answers.poll();
    if (next != null) {
      writing = true;
      connection.write(next, this::written);
    } else if (onceWritten != null) {
      Runnable then = onceWritten;
      onceWritten = null;
      then.run();
    }
  }

  private synchronized void written(boolean taken) {
    writing = false;
    if (taken) {
      writeNext();
    } else {
      answers.clear();
    }
  }

  private void afterAnswers(Runnable then) {
    onceWritten = then;
    writeNext();
  }

  private void close(int code, String phrase) {
    state = State.REFUSED;
    waiting.clear();
    answers.clear();
    connection.close(code, phrase);
  }
}
