package io.embedim.transport.ws.conformance;

import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.http.fileupload.FileUtils;
import org.apache.tomcat.websocket.server.WsSci;

/** Embedded Tomcat with one endpoint. */
final class TomcatContainer {

  private TomcatContainer() {}

  static Container.Running start(ServerEndpointConfig endpoint) throws IOException {
    Path folder = Files.createTempDirectory("tomcat");
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(folder.toString());
    tomcat.setHostname("127.0.0.1");
    tomcat.setPort(0);
    // Room for the longest token.
    tomcat.getConnector().setProperty("maxHttpRequestHeaderSize", "16384");
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addContext("", folder.toString());
    context.addServletContainerInitializer(new WsSci(), null);
    context.addServletContainerInitializer(
        (classes, servlets) -> {
          ServerContainer container =
              (ServerContainer) servlets.getAttribute(ServerContainer.class.getName());
          try {
            container.addEndpoint(endpoint);
          } catch (DeploymentException e) {
            throw new IllegalStateException(e);
          }
        },
        null);
    Tomcat.addServlet(context, "default", new DefaultServlet());
    context.addServletMappingDecoded("/", "default");
    try {
      tomcat.start();
    } catch (LifecycleException e) {
      throw new IOException(e);
    }
    return new Container.Running(tomcat.getConnector().getLocalPort(), () -> stop(tomcat, folder));
  }

  private static void stop(Tomcat tomcat, Path folder) {
    try {
      tomcat.stop();
      tomcat.destroy();
      FileUtils.deleteDirectory(folder.toFile());
    } catch (LifecycleException | IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
