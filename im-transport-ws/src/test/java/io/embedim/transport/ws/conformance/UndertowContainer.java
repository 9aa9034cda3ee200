package io.embedim.transport.ws.conformance;

import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.websockets.jsr.WebSocketDeploymentInfo;
import jakarta.servlet.ServletException;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.net.InetSocketAddress;

/** Embedded Undertow with one endpoint. */
final class UndertowContainer {

  private UndertowContainer() {}

  static Container.Running start(ServerEndpointConfig endpoint) throws IOException {
    DeploymentInfo application =
        Servlets.deployment()
            .setClassLoader(UndertowContainer.class.getClassLoader())
            .setContextPath("/")
            .setDeploymentName("im")
            .addServletContextAttribute(
                WebSocketDeploymentInfo.ATTRIBUTE_NAME,
                new WebSocketDeploymentInfo().addEndpoint(endpoint));
    DeploymentManager manager = Servlets.newContainer().addDeployment(application);
    manager.deploy();
    Undertow undertow;
    try {
      undertow =
          Undertow.builder()
              .addHttpListener(0, "127.0.0.1")
              .setIoThreads(2)
              .setWorkerThreads(8)
              .setHandler(manager.start())
              .build();
    } catch (ServletException e) {
      throw new IOException(e);
    }
    undertow.start();
    InetSocketAddress address = (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
    return new Container.Running(address.getPort(), () -> stop(undertow, manager));
  }

  private static void stop(Undertow undertow, DeploymentManager manager) {
    try {
      manager.stop();
      manager.undeploy();
    } catch (ServletException e) {
      throw new IllegalStateException(e);
    } finally {
      undertow.stop();
    }
  }
}
