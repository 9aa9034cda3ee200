package io.embedim.transport.ws;

import io.embedim.core.ImEngine;
import io.embedim.wire.JsonFormat;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;

/**
 * The endpoint that a host adds to its own Jakarta WebSocket container (2.1 or later).
 *
 * <p>Limits are the engine's, whatever the container's are. Where a container does not let an
 * endpoint choose the HTTP status of a refused upgrade, the connection opens and is closed at once:
 * with 4401 instead of 401, with 1008 instead of 403, with 4400 instead of 400.
 *
 * <p>A token can have 8,192 characters, and comes in the head of a request, of which Tomcat and
 * Jetty take 8 KiB in all by default: raise that where tokens are long. Tomcat keeps a connection
 * for 30 s whose client does not answer the close; the others are cut after 2 s.
 */
public final class ImWebSocketEndpoint {

  private ImWebSocketEndpoint() {}

  /**
   * The endpoint for an engine, for browsers on pages of the server's own host only.
   *
   * @param path where it is reached, for example {@code /ws}
   */
  public static ServerEndpointConfig config(ImEngine engine, String path) {
    return config(engine, path, WebSocketOptions.DEFAULTS);
  }

  /** The endpoint for an engine. */
  public static ServerEndpointConfig config(
      ImEngine engine, String path, WebSocketOptions options) {
    HandshakeConfigurator configurator = new HandshakeConfigurator(engine, options);
    ServerEndpointConfig config =
        ServerEndpointConfig.Builder.create(SocketEndpoint.class, path)
            .subprotocols(List.of(JsonFormat.SUBPROTOCOL))
            .configurator(configurator)
            .build();
    configurator.shares(config.getUserProperties());
    return config;
  }
}
