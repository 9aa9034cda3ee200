package io.embedim.transport.ws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.embedim.core.ImSettings;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuthenticationTest {

  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String auth(String token) {
    return "{\"type\":90,\"message_id\":\"a\",\"content\":{\"token\":\"" + token + "\"}}";
  }

  @Test
  void a_first_frame_with_a_good_token_opens_a_session() throws IOException {
    try (RawClient client = RawClient.open(server, "/ws?device_id=d1&platform=web")) {
      JsonNode welcome = client.ask(auth("alice"));
      assertThat(welcome.get("type").asInt()).isEqualTo(91);
      assertThat(welcome.at("/content/user_id").asText()).isEqualTo("alice");
      assertThat(welcome.at("/content/device_id").asText()).isEqualTo("d1");
    }
  }

  @Test
  void auth_can_replace_what_the_query_said() throws IOException {
    try (RawClient client = RawClient.open(server, "/ws?device_id=d1")) {
      JsonNode welcome =
          client.ask("{\"type\":90,\"content\":{\"token\":\"alice\",\"device_id\":\"d2\"}}");
      assertThat(welcome.at("/content/device_id").asText()).isEqualTo("d2");
    }
  }

  @Test
  void frames_right_behind_auth_wait_for_welcome_and_are_answered_in_order() throws IOException {
    try (RawClient client = RawClient.open(server, "/ws")) {
      client.send(auth("alice"));
      for (int i = 0; i < 20; i++) {
        client.send("{\"type\":99,\"message_id\":\"h" + i + "\"}");
      }
      assertThat(client.json().get("type").asInt()).isEqualTo(91);
      for (int i = 0; i < 20; i++) {
        assertThat(client.json().get("message_id").asText()).isEqualTo("h" + i);
      }
    }
  }

  @Test
  void a_bad_token_is_told_why_and_closed_with_4401() throws IOException {
    try (RawClient client = RawClient.open(server, "/ws")) {
      JsonNode error = client.ask(auth("bad token"));
      assertThat(error.get("type").asInt()).isEqualTo(93);
      assertThat(error.get("message_id").asText()).isEqualTo("a");
      assertThat(error.at("/content/reason").asText()).isEqualTo("unauthenticated");
      assertThat(client.readCloseCode()).isEqualTo(4401);
    }
    try (RawClient client = RawClient.open(server, "/ws")) {
      JsonNode error = client.ask(auth(TestServer.EXPIRED));
      assertThat(error.at("/content/reason").asText()).isEqualTo("token_expired");
      assertThat(client.readCloseCode()).isEqualTo(4401);
    }
  }

  @Test
  void other_frames_before_auth_are_refused_and_auth_is_still_taken() throws IOException {
    try (RawClient client = RawClient.open(server, "/ws")) {
      JsonNode error = client.ask("{\"type\":99,\"message_id\":\"h\"}");
      assertThat(error.at("/content/reason").asText()).isEqualTo("unauthenticated");
      assertThat(error.get("message_id").asText()).isEqualTo("h");
      assertThat(client.ask("{").at("/content/reason").asText()).isEqualTo("malformed_frame");
      client.send(RawClient.BINARY, true, new byte[1]);
      assertThat(client.json().at("/content/reason").asText()).isEqualTo("malformed_frame");
      assertThat(client.ask(auth("alice")).get("type").asInt()).isEqualTo(91);
    }
  }

  @Test
  void too_many_errors_before_auth_close_with_4429() throws IOException {
    try (RawClient client = RawClient.open(server, "/ws")) {
      for (int i = 0; i < 102; i++) {
        client.send("{\"type\":99}");
      }
      assertThat(client.readCloseCode()).isEqualTo(4429);
    }
  }

  @Test
  void a_client_that_does_not_say_who_it_is_is_closed_with_4401() throws IOException {
    ImSettings settings = ImSettings.builder().authTimeout(Duration.ofMillis(200)).build();
    try (TestServer impatient = TestServer.start(settings);
        RawClient client = RawClient.open(impatient, "/ws")) {
      assertThat(client.readCloseCode()).isEqualTo(4401);
    }
  }

  @Test
  void a_session_is_not_closed_by_the_time_to_authenticate() throws IOException {
    ImSettings settings = ImSettings.builder().authTimeout(Duration.ofMillis(300)).build();
    try (TestServer impatient = TestServer.start(settings);
        RawClient late = RawClient.open(impatient, "/ws");
        RawClient client = RawClient.open(impatient, "/ws?token=alice")) {
      assertThat(client.json().get("type").asInt()).isEqualTo(91);
      assertThat(late.readCloseCode()).isEqualTo(4401);
      try (RawClient later = RawClient.open(impatient, "/ws")) {
        assertThat(later.readCloseCode()).isEqualTo(4401);
      }
      assertThat(client.ask("{\"type\":99}").get("type").asInt()).isEqualTo(99);
    }
  }

  @Test
  void auth_on_a_live_session_renews_it_for_the_same_user_only() throws IOException {
    try (RawClient client = RawClient.open(server, "/ws?token=alice")) {
      JsonNode welcome = client.json();
      JsonNode again = client.ask(auth("alice"));
      assertThat(again.at("/content/session_id")).isEqualTo(welcome.at("/content/session_id"));
      for (String token : new String[] {"bob", "bad token"}) {
        JsonNode error = client.ask(auth(token));
        assertThat(error.get("type").asInt()).isEqualTo(93);
        assertThat(error.at("/content/reason").asText()).isEqualTo("unauthenticated");
      }
      assertThat(client.ask(auth(TestServer.EXPIRED)).at("/content/reason").asText())
          .isEqualTo("token_expired");
      assertThat(client.ask("{\"type\":99}").get("type").asInt()).isEqualTo(99);
    }
  }

  @Test
  void a_stopping_server_tells_its_clients_to_reconnect() throws IOException {
    try (RawClient client = RawClient.login(server, "alice")) {
      server.server.close();
      assertThat(client.readCloseCode()).isEqualTo(1012);
      assertThat(server.engine.sessions().count()).isZero();
    }
  }

  @Test
  void a_client_that_vanishes_leaves_no_session() throws Exception {
    try (RawClient watcher = RawClient.login(server, "bob")) {
      RawClient client = RawClient.login(server, "alice");
      JsonNode response =
          watcher.ask(
              "{\"type\":40,\"message_id\":\"r\",\"content\":{\"method\":\"presence.subscribe\","
                  + "\"params\":{\"user_ids\":[\"alice\"]}}}");
      assertThat(response.at("/content/result/presences/0/online").asBoolean()).isTrue();
      client.socket.setSoLinger(true, 0);
      client.close();
      JsonNode presence = watcher.json();
      assertThat(presence.get("type").asInt()).isEqualTo(27);
      assertThat(presence.at("/content/online").asBoolean()).isFalse();
      assertThat(server.engine.sessions().count()).isEqualTo(1);
    }
  }
}
