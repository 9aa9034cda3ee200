package io.embedim.transport.ws;

import io.embedim.core.ImEngine;
import io.embedim.wire.WireProtocol;
import io.embedim.wire.WireSession;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects a container's sessions with the protocol. Without state of its own. Public because some
 * containers call it by reflection; {@link ImWebSocketEndpoint} makes it.
 */
public final class SocketEndpoint extends Endpoint {

  private static final Logger LOG = LoggerFactory.getLogger(SocketEndpoint.class);

  private static final String WIRE_SESSION = "io.embedim.transport.ws.session";

  private final ImEngine engine;
  private final WireProtocol protocol;

  SocketEndpoint(ImEngine engine, WireProtocol protocol) {
    this.engine = engine;
    this.protocol = protocol;
  }

  @Override
  public void onOpen(Session session, EndpointConfig config) {
    // Silence and slow readers are the engine's affair; a container's own timers cost one each.
    session.setMaxIdleTimeout(-1);
    session.getAsyncRemote().setSendTimeout(-1);
    SocketConnection connection = new SocketConnection(session, engine);
    Object admission = config.getUserProperties().get(HandshakeConfigurator.ADMISSION);
    session.getUserProperties().remove(HandshakeConfigurator.ADMISSION);
    if (admission instanceof Admission.Granted granted) {
      WireSession wire = protocol.accept(connection, granted.options());
      session.getUserProperties().put(WIRE_SESSION, wire);
      int maxFrameBytes = engine.settings().maxFrameBytes();
      session.addMessageHandler(String.class, new TextReceiver(wire, maxFrameBytes));
      session.addMessageHandler(byte[].class, new BinaryReceiver(wire, maxFrameBytes));
    } else if (admission instanceof Admission.Denied denied) {
      connection.close(denied.closeCode(), denied.error().error().reason());
    } else {
      throw new IllegalStateException("the upgrade of this connection was not decided on");
    }
  }

  @Override
  public void onClose(Session session, CloseReason reason) {
    if (session.getUserProperties().get(WIRE_SESSION) instanceof WireSession wire) {
      wire.onClosed();
    }
  }

  @Override
  public void onError(Session session, Throwable failure) {
    if (failure instanceof IOException) {
      LOG.debug("connection {} broke", session.getId(), failure);
      return;
    }
    LOG.error("connection {} failed and is closed", session.getId(), failure);
    new SocketConnection(session, engine)
        .close(CloseReason.CloseCodes.UNEXPECTED_CONDITION.getCode(), "internal");
  }
}
