package io.embedim.transport.ws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UpgradeTest {

  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server =
        TestServer.start(
            builder ->
                builder
                    .allowedOrigins(AllowedOrigins.of(List.of("https://chat.example.com")))
                    .httpHandler(new Echo(), "/api/*"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Says which path was asked for. */
  private static final class Echo extends HttpHandler {
    @Override
    public void service(Request request, Response response) throws IOException {
      response.setContentType("text/plain");
      response.getWriter().write("you asked for " + request.getRequestURI());
    }
  }

  @Test
  void a_good_token_in_the_query_opens_a_session() throws IOException {
    try (RawClient client = RawClient.open(server, "/ws?token=alice&device_id=d1&platform=web")) {
      JsonNode welcome = client.json();
      assertThat(welcome.get("type").asInt()).isEqualTo(91);
      assertThat(welcome.at("/content/user_id").asText()).isEqualTo("alice");
      assertThat(welcome.at("/content/device_id").asText()).isEqualTo("d1");
      assertThat(welcome.at("/content/node_id").asText()).isEqualTo("node-1");
      assertThat(welcome.at("/content/heartbeat_seconds").asInt()).isEqualTo(30);
      assertThat(welcome.at("/content/limits").toString())
          .isEqualTo(
              "{\"max_frame_bytes\":65536,\"max_content_bytes\":16384,\"messages_per_second\":10,"
                  + "\"messages_burst\":20,\"history_page\":100,\"sync_page\":200}");
    }
  }

  @Test
  void a_bad_token_is_answered_401_and_says_why() throws IOException {
    assertRefused("/ws?token=bad%20token", 401, "unauthenticated");
    assertRefused("/ws?token=" + TestServer.EXPIRED, 401, "token_expired");
    assertRefused("/ws?token=", 401, "unauthenticated");
    assertRefused("/ws", 401, "unauthenticated", "Authorization: Bearer bad token");
    assertRefused("/ws", 401, "unauthenticated", "Authorization: Bearer ");
  }

  @Test
  void a_bad_query_is_answered_400_and_names_the_parameter() throws IOException {
    assertThat(assertRefused("/ws?token=alice&device_id=a%20b", 400, "invalid_argument"))
        .contains("device_id is not valid");
    assertThat(assertRefused("/ws?platform=fridge", 400, "invalid_argument"))
        .contains("platform is not known");
    assertThat(assertRefused("/ws?batch=maybe", 400, "invalid_argument")).contains("batch is");
  }

  @Test
  void a_page_of_another_host_may_not_connect() throws IOException {
    for (String origin :
        List.of(
            "https://evil.example.com",
            "http://127.0.0.1:1",
            "https://chat.example.com.evil.example.com",
            "https://chat.example.com@evil.example.com",
            "http://chat.example.com",
            "null",
            "garbage\u00ff")) {
      assertRefused("/ws?token=alice", 403, "rejected_by_host", "Origin: " + origin);
    }
  }

  @Test
  void pages_of_this_host_and_of_allowed_ones_may_connect() throws IOException {
    for (String origin :
        List.of(
            "http://127.0.0.1:" + server.port(),
            "https://127.0.0.1:" + server.port(),
            "https://chat.example.com",
            "https://CHAT.example.com:443")) {
      try (RawClient client = RawClient.open(server, "/ws?token=alice", "Origin: " + origin)) {
        assertThat(client.json().get("type").asInt()).isEqualTo(91);
      }
    }
  }

  @Test
  void the_subprotocol_is_agreed_on_or_assumed() throws IOException {
    try (RawClient client =
            RawClient.open(
                server, "/ws?token=a", "Sec-WebSocket-Protocol: im.v9, im.v1.json, other");
        RawClient without = RawClient.open(server, "/ws?token=a");
        RawClient strange = RawClient.open(server, "/ws?token=a", "Sec-WebSocket-Protocol: x")) {
      assertThat(client.header("Sec-WebSocket-Protocol")).isEqualTo("im.v1.json");
      assertThat(without.header("Sec-WebSocket-Protocol")).isEmpty();
      assertThat(strange.header("Sec-WebSocket-Protocol")).isEmpty();
    }
  }

  @Test
  void compression_is_not_negotiated() throws IOException {
    try (RawClient client =
        RawClient.open(server, "/ws?token=a", "Sec-WebSocket-Extensions: permessage-deflate")) {
      assertThat(client.header("Sec-WebSocket-Extensions")).isEmpty();
      assertThat(client.json().get("type").asInt()).isEqualTo(91);
    }
  }

  @Test
  void http_handlers_share_the_port() throws IOException {
    try (RawClient client = new RawClient(server.port())) {
      client.get("/api/health");
      assertThat(client.status()).isEqualTo(200);
      assertThat(client.body()).isEqualTo("you asked for /api/health");
    }
    try (RawClient client = new RawClient(server.port())) {
      client.get("/ws");
      assertThat(client.status()).isEqualTo(404);
    }
    try (RawClient client = new RawClient(server.port())) {
      client.upgrade("/other");
      assertThat(client.status()).isEqualTo(404);
    }
  }

  @Test
  void frames_that_come_before_the_answer_to_the_upgrade_are_not_lost() throws IOException {
    try (RawClient client = new RawClient(server.port())) {
      client.upgradeAndSend("/ws?token=alice", "{\"type\":99,\"message_id\":\"early\"}");
      assertThat(client.status()).isEqualTo(101);
      assertThat(client.json().get("type").asInt()).isEqualTo(91);
      assertThat(client.json().get("message_id").asText()).isEqualTo("early");
    }
  }

  @Test
  void no_frame_is_lost_around_an_upgrade_whenever_it_comes() throws IOException {
    // The server may read each of them before or after it has decided.
    for (int i = 0; i < 300; i++) {
      try (RawClient client = new RawClient(server.port())) {
        client.beginUpgrade("/ws?token=" + TestServer.SLOW);
        List<String> sent = new ArrayList<>();
        if (i % 3 == 0) {
          sent.add(heartbeat(client, "undecided"));
        }
        server.judgements.release();
        if (i % 3 <= 1) {
          sent.add(heartbeat(client, "deciding"));
        }
        client.readHead();
        sent.add(heartbeat(client, "decided"));
        assertThat(client.status()).isEqualTo(101);
        assertThat(client.json().get("type").asInt()).isEqualTo(91);
        for (String id : sent) {
          assertThat(client.json().get("message_id").asText()).isEqualTo(id);
        }
      }
    }
  }

  private static String heartbeat(RawClient client, String id) throws IOException {
    client.send("{\"type\":99,\"message_id\":\"" + id + "\"}");
    return id;
  }

  private String assertRefused(String target, int status, String reason, String... headers)
      throws IOException {
    try (RawClient client = new RawClient(server.port())) {
      client.upgrade(target, headers);
      assertThat(client.status()).as(target).isEqualTo(status);
      String body = client.body();
      assertThat(body).contains("\"error\":\"" + reason + "\"");
      assertThat(client.ended()).isTrue();
      return body;
    }
  }
}
