package io.embedim.transport.ws.conformance;

import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Embedded Jetty with one endpoint. */
final class JettyContainer {

  private JettyContainer() {}

  static Container.Running start(ServerEndpointConfig endpoint) throws IOException {
    Server server = new Server();
    HttpConfiguration http = new HttpConfiguration();
    // Room for the longest token.
    http.setRequestHeaderSize(16_384);
    ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    server.setHandler(context);
    JakartaWebSocketServletContainerInitializer.configure(
        context, (servlets, container) -> container.addEndpoint(endpoint));
    try {
      server.start();
    } catch (Exception e) {
      throw new IOException(e);
    }
    return new Container.Running(connector.getLocalPort(), () -> stop(server));
  }

  private static void stop(Server server) {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
