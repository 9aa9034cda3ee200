package io.embedim.transport.ws;

import io.embedim.core.session.Connection;
import io.embedim.core.session.Encoded;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A container's session as the engine writes to it. */
final class SocketConnection implements Connection {

  private static final Logger LOG = LoggerFactory.getLogger(SocketConnection.class);

  private final Session session;
  private final Executor executor;

  SocketConnection(Session session, Executor executor) {
    this.session = session;
    this.executor = executor;
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
    // Some containers wait for the last write here, so this cannot be done on the caller's thread.
    try {
      executor.execute(() -> closeNow(code, phrase));
    } catch (RejectedExecutionException e) {
      LOG.debug("the engine is closed, connection {} is closed by the caller", session.getId(), e);
      closeNow(code, phrase);
    }
  }

  private void closeNow(int code, String phrase) {
    try {
      if (session.isOpen()) {
        session.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(code), phrase));
      }
    } catch (IOException | IllegalStateException e) {
      LOG.debug("connection {} could not be closed in order", session.getId(), e);
    }
  }
}
