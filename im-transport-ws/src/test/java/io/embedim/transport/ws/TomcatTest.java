package io.embedim.transport.ws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.embedim.core.ImEngine;
import io.embedim.spi.hook.Authenticator;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The endpoint in a container that is not ours. */
class TomcatTest {

  @TempDir Path folder;

  private ImEngine engine;
  private Tomcat tomcat;

  @BeforeEach
  void start() throws LifecycleException {
    engine =
        ImEngine.builder()
            .authenticator(
                token ->
                    token.contains(" ")
                        ? new Authenticator.Result.Rejected("a test says so")
                        : new Authenticator.Result.Authenticated(token, Long.MAX_VALUE))
            .build();
    tomcat = new Tomcat();
    tomcat.setBaseDir(folder.toString());
    tomcat.setPort(0);
    tomcat.getConnector();
    Context context = tomcat.addContext("", folder.toString());
    context.addServletContainerInitializer(new WsSci(), null);
    context.addServletContainerInitializer(
        (classes, servlets) -> {
          ServerContainer container =
              (ServerContainer) servlets.getAttribute(ServerContainer.class.getName());
          try {
            container.addEndpoint(ImWebSocketEndpoint.config(engine, "/ws"));
          } catch (DeploymentException e) {
            throw new IllegalStateException(e);
          }
        },
        null);
    Tomcat.addServlet(context, "default", new DefaultServlet());
    context.addServletMappingDecoded("/", "default");
    tomcat.start();
  }

  @AfterEach
  void stop() throws LifecycleException {
    engine.close();
    tomcat.stop();
    tomcat.destroy();
  }

  private RawClient open(String target, String... headers) throws IOException {
    RawClient client = new RawClient(tomcat.getConnector().getLocalPort());
    client.upgrade(target, headers);
    assertThat(client.status()).isEqualTo(101);
    return client;
  }

  @Test
  void two_people_chat() throws IOException {
    try (RawClient alice = open("/ws?token=alice", "Sec-WebSocket-Protocol: im.v1.json");
        RawClient bob = open("/ws", "Authorization: Bearer bob")) {
      assertThat(alice.header("Sec-WebSocket-Protocol")).isEqualTo("im.v1.json");
      assertThat(alice.json().at("/content/user_id").asText()).isEqualTo("alice");
      assertThat(bob.json().at("/content/user_id").asText()).isEqualTo("bob");
      JsonNode ack =
          alice.ask(
              "{\"type\":1,\"message_id\":\"m\",\"to\":\"bob\",\"content\":{\"text\":\"hi\"}}");
      assertThat(ack.at("/content/status").asText()).isEqualTo("accepted");
      assertThat(bob.json().at("/content/text").asText()).isEqualTo("hi");
    }
  }

  @Test
  void a_bad_token_and_a_foreign_origin_are_closed_with_a_reason() throws IOException {
    try (RawClient client = open("/ws?token=bad%20token")) {
      assertThat(client.readCloseCode()).isEqualTo(4401);
    }
    try (RawClient client = open("/ws?token=alice", "Origin: https://evil.example.com")) {
      assertThat(client.readCloseCode()).isEqualTo(1008);
    }
    try (RawClient client = open("/ws?platform=fridge")) {
      assertThat(client.readCloseCode()).isEqualTo(4400);
    }
  }

  @Test
  void the_limits_are_ours() throws IOException {
    try (RawClient client = open("/ws?token=alice")) {
      assertThat(client.json().get("type").asInt()).isEqualTo(91);
      String frame = "{\"type\":99,\"pad\":\"" + "x".repeat(65_536 - 20) + "\"}";
      assertThat(client.ask(frame).get("type").asInt()).isEqualTo(99);
      client.send(frame + " ");
      assertThat(client.readCloseCode()).isEqualTo(1009);
    }
    try (RawClient client = open("/ws?token=alice")) {
      assertThat(client.json().get("type").asInt()).isEqualTo(91);
      byte[] part = new byte[8_000];
      Arrays.fill(part, (byte) 'x');
      client.send(RawClient.TEXT, false, part);
      for (int i = 0; i < 9; i++) {
        client.send(RawClient.CONTINUATION, false, part);
      }
      assertThat(client.readCloseCode()).isEqualTo(1009);
    }
  }

  @Test
  void a_draining_engine_tells_its_clients_to_reconnect() throws IOException {
    try (RawClient client = open("/ws?token=alice")) {
      assertThat(client.json().get("type").asInt()).isEqualTo(91);
      engine.drain();
      assertThat(client.readCloseCode()).isEqualTo(1012);
    }
  }
}
