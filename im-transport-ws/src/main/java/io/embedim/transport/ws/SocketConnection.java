package io.embedim.transport.ws;

import io.embedim.core.ImEngine;
import io.embedim.core.session.Connection;
import io.embedim.core.session.Encoded;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A container's session as the engine writes to it. */
final class SocketConnection implements Connection {

  private static final Logger LOG = LoggerFactory.getLogger(SocketConnection.class);

  /** How long a client may take to read the close and to answer it. */
  private static final Duration LINGER = Duration.ofSeconds(2);

  private static final int AT_ONCE_MILLIS = 1;

  private final Session session;
  private final ImEngine engine;
  private final AtomicBoolean closing = new AtomicBoolean();

  SocketConnection(Session session, ImEngine engine) {
    this.session = session;
    this.engine = engine;
  }

  @Override
  public void write(Encoded frame, WriteCallback done) {
    if (!(frame instanceof Encoded.Text text)) {
      throw new IllegalArgumentException("this connection carries text");
    }
    try {
      session.getAsyncRemote().sendText(text.text(), result -> done.completed(result.isOK()));
    } catch (IllegalStateException e) {
      LOG.debug("connection {} was closed before a write", session.getId(), e);
      done.completed(false);
    }
  }

  @Override
  public void close(int code, String phrase) {
    if (!closing.compareAndSet(false, true)) {
      return;
    }
    // Some containers wait for the last write here, so this cannot be done on the caller's thread.
    try {
      engine.executor().execute(() -> closeNow(code, phrase));
    } catch (RejectedExecutionException e) {
      LOG.debug("the engine is closed, connection {} is closed by the caller", session.getId(), e);
      closeNow(code, phrase);
    }
  }

  private void closeNow(int code, String phrase) {
    try {
      if (session.isOpen()) {
        var unused = engine.schedule(LINGER, this::cut);
        session.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(code), phrase));
      }
    } catch (IOException | IllegalStateException e) {
      LOG.debug("connection {} could not be closed in order", session.getId(), e);
    }
  }

  /**
   * Ends what is left of a closed connection. Jetty and Undertow would wait for ever for a client
   * that does not read the close or does not answer it, and no method cuts a connection, but their
   * idle time-out does.
   */
  private void cut() {
    try {
      session.setMaxIdleTimeout(AT_ONCE_MILLIS);
    } catch (IllegalStateException e) {
      LOG.debug("connection {} is gone already", session.getId(), e);
    }
  }
}
