package io.embedim.transport.ws.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.embedim.transport.ws.RawClient;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may connect, and how: protocol §2, before the first frame. */
class UpgradeConformanceTest extends ConformanceTest {

  @Test
  void a_good_token_in_the_query_or_the_header_opens_a_session_at_once() throws IOException {
    Deployment server = server();
    JsonNode welcome = connect(server, "/ws?token=alice&device_id=d1&platform=web").expectWelcome();
    assertThat(welcome.at("/content/user_id").asText()).isEqualTo("alice");
    assertThat(welcome.at("/content/device_id").asText()).isEqualTo("d1");
    Client bob = connect(server, "/ws", "Authorization: Bearer bob");
    assertThat(bob.expectWelcome().at("/content/user_id").asText()).isEqualTo("bob");
  }

  @Test
  void the_header_counts_before_the_query() throws IOException {
    Client client = connect(server(), "/ws?token=bob", "Authorization: Bearer alice");
    assertThat(client.expectWelcome().at("/content/user_id").asText()).isEqualTo("alice");
  }

  @Test
  void a_token_may_have_8192_characters_and_no_more() throws IOException {
    Deployment server = server();
    String token = "alice~" + "0".repeat(8_192 - 25) + Long.MAX_VALUE;
    assertThat(token).hasSize(8_192);
    login(server, token).expectQuiet();
    connect(server, "/ws", "Authorization: Bearer " + token).expectWelcome();
    assertRefused(server, "/ws?token=" + token + "0", 401, 4401, "unauthenticated");
  }

  @Test
  void a_bad_token_is_refused() throws IOException {
    Deployment server = server();
    assertRefused(server, "/ws?token=" + Tokens.BAD, 401, 4401, "unauthenticated");
    assertRefused(server, "/ws?token=" + Tokens.EXPIRED, 401, 4401, "token_expired");
    assertRefused(server, "/ws?token=", 401, 4401, "unauthenticated");
    assertRefused(server, "/ws?token=system", 401, 4401, "unauthenticated");
    assertRefused(
        server, "/ws", 401, 4401, "unauthenticated", "Authorization: Bearer " + Tokens.BAD);
    assertRefused(server, "/ws", 401, 4401, "unauthenticated", "Authorization: Bearer ");
    assertThat(server.engine.sessions().count()).isZero();
  }

  @Test
  void a_token_that_cannot_be_checked_is_not_called_bad() throws IOException {
    assertRefused(server(), "/ws?token=" + Tokens.UNDECIDED, 503, 1013, "unavailable");
  }

  @Test
  void a_bad_query_is_refused_as_an_invalid_argument() throws IOException {
    Deployment server = server();
    for (String query : List.of("device_id=a%20b", "platform=fridge", "batch=maybe")) {
      assertRefused(server, "/ws?token=alice&" + query, 400, 4400, "invalid_argument");
    }
  }

  @Test
  void a_page_of_a_foreign_origin_may_not_connect_even_with_a_good_token() throws IOException {
    Deployment server = server();
    for (String origin :
        List.of(
            "https://evil.example.com",
            "http://127.0.0.1:1",
            Deployment.ALLOWED_ORIGIN + ".evil.example.com",
            "https://chat.example.com@evil.example.com",
            "http://chat.example.com",
            "null",
            "garbage")) {
      assertRefused(server, "/ws?token=alice", 403, 1008, "rejected_by_host", "Origin: " + origin);
    }
    assertThat(server.engine.sessions().count()).isZero();
  }

  @Test
  void a_page_of_this_host_or_of_an_allowed_origin_may_connect() throws IOException {
    Deployment server = server();
    for (String origin : List.of("http://127.0.0.1:" + server.port(), Deployment.ALLOWED_ORIGIN)) {
      connect(server, "/ws?token=alice", "Origin: " + origin).expectWelcome();
    }
  }

  @Test
  void the_subprotocol_is_agreed_on_or_assumed() throws IOException {
    Deployment server = server();
    Client offers =
        connect(server, "/ws?token=alice", "Sec-WebSocket-Protocol: im.v9, im.v1.json, other");
    assertThat(offers.raw().header("Sec-WebSocket-Protocol")).isEqualTo("im.v1.json");
    offers.expectWelcome();
    Client without = connect(server, "/ws?token=alice");
    assertThat(without.raw().header("Sec-WebSocket-Protocol")).isEmpty();
    without.expectWelcome();
  }

  /** Refused with an HTTP status where the container can, otherwise with a close code. */
  private void assertRefused(
      Deployment server, String target, int status, int closeCode, String reason, String... headers)
      throws IOException {
    try (RawClient client = new RawClient(server.port())) {
      client.upgrade(target, headers);
      if (container.refusesWithStatus()) {
        assertThat(client.status()).as(target).isEqualTo(status);
        JsonNode body = Schemas.parse(client.body());
        assertThat(Schemas.violations("http/error", body)).isEmpty();
        assertThat(body.get("error").asText()).isEqualTo(reason);
        assertThat(client.ended()).isTrue();
      } else {
        assertThat(client.status()).as(target).isEqualTo(101);
        assertThat(client.readCloseCode()).as(target).isEqualTo(closeCode);
      }
    }
  }
}
