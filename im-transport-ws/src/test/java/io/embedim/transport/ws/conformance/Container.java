package io.embedim.transport.ws.conformance;

import io.embedim.core.ImEngine;
import io.embedim.transport.ws.AllowedOrigins;
import io.embedim.transport.ws.ImWebSocketEndpoint;
import io.embedim.transport.ws.TyrusImServer;
import io.embedim.transport.ws.WebSocketOptions;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;

/**
 * What the suite runs on. All that a container has to say is how it is started with the endpoint at
 * {@code /ws} on the loopback address.
 */
enum Container {
  /** Our own server. */
  TYRUS(true) {
    @Override
    Running start(ImEngine engine, AllowedOrigins origins) throws IOException {
      TyrusImServer server =
          TyrusImServer.builder(engine).host("127.0.0.1").allowedOrigins(origins).start();
      return new Running(server.port(), server::close);
    }
  },
  TOMCAT(false) {
    @Override
    Running start(ImEngine engine, AllowedOrigins origins) throws IOException {
      return TomcatContainer.start(endpoint(engine, origins));
    }
  },
  JETTY(false) {
    @Override
    Running start(ImEngine engine, AllowedOrigins origins) throws IOException {
      return JettyContainer.start(endpoint(engine, origins));
    }
  },
  UNDERTOW(false) {
    @Override
    Running start(ImEngine engine, AllowedOrigins origins) throws IOException {
      return UndertowContainer.start(endpoint(engine, origins));
    }
  };

  private final boolean statuses;

  Container(boolean statuses) {
    this.statuses = statuses;
  }

  private static ServerEndpointConfig endpoint(ImEngine engine, AllowedOrigins origins) {
    return ImWebSocketEndpoint.config(engine, "/ws", new WebSocketOptions(origins));
  }

  /** A started one. */
  record Running(int port, Runnable stop) {}

  abstract Running start(ImEngine engine, AllowedOrigins origins) throws IOException;

  /**
   * Whether it lets an endpoint choose the HTTP status of a refused upgrade; where it does not, the
   * connection opens and is closed at once.
   */
  boolean refusesWithStatus() {
    return statuses;
  }
}
