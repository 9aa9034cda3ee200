package io.embedim.wire;

import io.embedim.core.ImError;
import io.embedim.core.session.CloseReason;
import io.embedim.core.session.Connection;
import io.embedim.core.session.Session;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * One connection's side of the protocol, from its first byte to its end. The transport tells it
 * what happens; nothing here blocks the transport's thread.
 *
 * <p>There is one per connection and most of them are idle, so it keeps next to nothing: what is
 * needed only until the session is open is in {@link Opening}.
 */
public final class WireSession {

  private static final int FRAME_TOO_LARGE = 1009;

  private static final AtomicIntegerFieldUpdater<WireSession> WAITING_BYTES =
      AtomicIntegerFieldUpdater.newUpdater(WireSession.class, "waitingBytes");

  private final WireProtocol protocol;
  private final Connection connection;
  private volatile @Nullable Opening opening;
  private volatile @Nullable Session session;

  /** Bytes of frames that were read and wait to be handled. */
  private volatile int waitingBytes;

  WireSession(WireProtocol protocol, Connection connection) {
    this.protocol = protocol;
    this.connection = connection;
  }

  void open(ConnectionOptions options) {
    Opening first = new Opening(protocol.engine(), protocol.tokens(), this, connection, options);
    opening = first;
    first.start();
  }

  /** A text frame arrived. */
  public void onText(String text) {
    int bytes = Utf8.length(text);
    if (bytes > protocol.engine().settings().maxFrameBytes()) {
      onTooLarge();
      return;
    }
    received(protocol.decoder().decode(text), bytes);
  }

  /** A binary frame arrived, which this format does not have. Its content does not matter. */
  public void onBinary() {
    received(
        new ClientFrame.Invalid(
            null,
            ImError.MALFORMED_FRAME,
            "the frame is binary, expected text: this connection speaks " + JsonFormat.SUBPROTOCOL,
            false),
        0);
  }

  private void received(ClientFrame frame, int bytes) {
    Session open = session;
    if (open == null) {
      Opening before = opening;
      if (before != null && before.takes(frame, bytes)) {
        return;
      }
      open = session;
    }
    if (open != null) {
      handle(open, frame, bytes);
    }
  }

  /** A frame is larger than allowed; it need not have arrived as a whole. */
  public void onTooLarge() {
    connection.close(
        FRAME_TOO_LARGE,
        "frame too large, at most "
            + protocol.engine().settings().maxFrameBytes()
            + " bytes are allowed");
  }

  /** The connection is gone. Idempotent. */
  public void onClosed() {
    Opening before = opening;
    if (before != null) {
      before.closed();
    }
    Session open = session;
    if (open != null) {
      open.disconnected();
    }
  }

  /** The session is open; {@code Opening} calls this once, and hands over what waited for it. */
  void opened(Session open) {
    session = open;
    opening = null;
  }

  void handle(Session open, ClientFrame frame, int bytes) {
    long retryAfterMillis = open.heard();
    if (retryAfterMillis > 0) {
      // The frame itself is not kept: a flood costs no memory.
      String messageId = frame.messageId();
      open.submit(() -> protocol.handler().tooManyFrames(open, messageId, retryAfterMillis));
      return;
    }
    WAITING_BYTES.addAndGet(this, bytes);
    if (waitingBytes > protocol.engine().settings().queueBytes()) {
      open.close(CloseReason.TOO_MANY);
      return;
    }
    open.submit(
        () -> {
          WAITING_BYTES.addAndGet(this, -bytes);
          protocol.handler().handle(open, frame);
        });
  }
}
