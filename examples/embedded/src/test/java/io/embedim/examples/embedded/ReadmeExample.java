package io.embedim.examples.embedded;

import io.embedim.core.ImEngine;
import io.embedim.core.auth.JwtAuthenticator;
import io.embedim.store.jdbc.JdbcStores;
import io.embedim.transport.ws.ImWebSocketEndpoint;
import jakarta.servlet.ServletContext;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import javax.sql.DataSource;

/** The example of the README, compiled. What stands between the marks is what stands there. */
final class ReadmeExample {

  private ReadmeExample() {}

  static ImEngine embed(DataSource dataSource, String secret, ServletContext servletContext)
      throws DeploymentException {
    // begin
    ImEngine engine =
        ImEngine.builder()
            .stores(JdbcStores.create(dataSource))
            .authenticator(JwtAuthenticator.hs256(secret).build())
            .build();

    ServerContainer container =
        (ServerContainer) servletContext.getAttribute(ServerContainer.class.getName());
    container.addEndpoint(ImWebSocketEndpoint.config(engine, "/ws"));
    // end
    return engine;
  }
}
