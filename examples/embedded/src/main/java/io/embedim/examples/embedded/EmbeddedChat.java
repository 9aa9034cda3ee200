package io.embedim.examples.embedded;

import io.embedim.core.ImEngine;
import io.embedim.core.auth.JwtAuthenticator;
import io.embedim.store.jdbc.JdbcStores;
import io.embedim.transport.ws.ImWebSocketEndpoint;
import jakarta.websocket.server.ServerContainer;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;
import org.h2.jdbcx.JdbcConnectionPool;

/** A host application with chat at {@code /ws}: {@code EmbeddedChat <port> <database> <secret>}. */
public final class EmbeddedChat {
  public static void main(String[] args) throws Exception {
    var data = JdbcConnectionPool.create("jdbc:h2:" + args[1], "sa", "");
    var users = JwtAuthenticator.hs256(args[2]).build();
    var engine = ImEngine.builder().stores(JdbcStores.create(data)).authenticator(users).build();
    var tomcat = new Tomcat();
    tomcat.getConnector().setPort(Integer.parseInt(args[0]));
    var context = tomcat.addContext("", null);
    context.addServletContainerInitializer(new WsSci(), null);
    Tomcat.addServlet(context, "default", new DefaultServlet()).addMapping("/");
    tomcat.start();
    var container = context.getServletContext().getAttribute(ServerContainer.class.getName());
    ((ServerContainer) container).addEndpoint(ImWebSocketEndpoint.config(engine, "/ws"));
    System.out.println("chat at ws://localhost:" + tomcat.getConnector().getLocalPort() + "/ws");
  }
}
