package io.embedim.bench.server;

import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.strategies.SameThreadIOStrategy;
import org.glassfish.tyrus.container.grizzly.server.WebSocketAddOn;
import org.glassfish.tyrus.core.TyrusWebSocketEngine;
import org.glassfish.tyrus.server.TyrusServerContainer;
import org.glassfish.tyrus.spi.WebSocketEngine;

/**
 * Tyrus on Grizzly as it comes, without an engine: the same threads, buffers and socket options as
 * {@code TyrusImServer}, and Tyrus' own filter between the two.
 */
final class BareServer implements RunningServer {

  private static final int READ_BYTES = 16 * 1024;

  /** Tokens are long. */
  private static final int HTTP_HEAD_BYTES = 16 * 1024;

  private final Container container = new Container();
  private final HttpServer server = new HttpServer();
  private final NetworkListener listener = new NetworkListener("bare", "127.0.0.1", 0);

  BareServer(BareAnswers answers) throws IOException, DeploymentException {
    container.register(
        ServerEndpointConfig.Builder.create(BareEndpoint.class, "/ws")
            .configurator(new Configurator(answers))
            .build());
    container.doneDeployment();
    TCPNIOTransport transport = listener.getTransport();
    transport.setIOStrategy(SameThreadIOStrategy.getInstance());
    transport.setSelectorRunnersCount(Math.max(1, Runtime.getRuntime().availableProcessors()));
    transport.setReadBufferSize(READ_BYTES);
    transport.setTcpNoDelay(true);
    listener.setMaxHttpHeaderSize(HTTP_HEAD_BYTES);
    listener.getKeepAlive().setIdleTimeoutInSeconds(-1);
    listener.registerAddOn(new WebSocketAddOn(container, "/"));
    server.addListener(listener);
    container.start("/", 0);
    server.start();
  }

  @Override
  public int port() {
    return listener.getPort();
  }

  @Override
  public void close() {
    server.shutdownNow();
    container.stop();
  }

  private static final class Configurator extends ServerEndpointConfig.Configurator {
    private final BareAnswers answers;

    Configurator(BareAnswers answers) {
      this.answers = answers;
    }

    @Override
    public <T> T getEndpointInstance(Class<T> type) {
      return type.cast(new BareEndpoint(answers));
    }
  }

  private static final class Container extends TyrusServerContainer {
    private final WebSocketEngine engine = TyrusWebSocketEngine.builder(this).build();

    Container() {
      super(Set.of());
    }

    @Override
    public void register(Class<?> endpointClass) throws DeploymentException {
      engine.register(endpointClass, "/");
    }

    @Override
    public void register(ServerEndpointConfig config) throws DeploymentException {
      engine.register(config, "/");
    }

    @Override
    public WebSocketEngine getWebSocketEngine() {
      return engine;
    }

    @Override
    public Map<String, Object> getProperties() {
      return Map.of();
    }
  }
}
