package io.embedim.transport.ws;

import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.Map;
import java.util.Set;
import org.glassfish.tyrus.core.TyrusWebSocketEngine;
import org.glassfish.tyrus.server.TyrusServerContainer;
import org.glassfish.tyrus.spi.WebSocketEngine;

/** Tyrus' side of our own server: a container for one endpoint at the root. */
final class TyrusContainer extends TyrusServerContainer {

  private static final String ROOT = "/";

  private final WebSocketEngine engine;

  /**
   * @param bufferBytes how much of what arrived but is not a whole frame yet Tyrus may keep
   */
  TyrusContainer(int bufferBytes) {
    super(Set.of());
    engine = TyrusWebSocketEngine.builder(this).incomingBufferSize(bufferBytes).build();
  }

  @Override
  public void register(Class<?> endpointClass) throws DeploymentException {
    engine.register(endpointClass, ROOT);
  }

  @Override
  public void register(ServerEndpointConfig config) throws DeploymentException {
    engine.register(config, ROOT);
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
