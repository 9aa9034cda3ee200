package io.embedim.transport.ws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChatOverSocketsTest {

  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void two_people_chat() throws IOException {
    try (RawClient alice = RawClient.login(server, "alice");
        RawClient bob = RawClient.login(server, "bob")) {
      JsonNode ack =
          alice.ask(
              "{\"type\":1,\"message_id\":\"m1\",\"to\":\"bob\",\"content\":{\"text\":\"hi\"}}");
      assertThat(ack.toString())
          .startsWith(
              "{\"type\":20,\"message_id\":\"m1\",\"conversation_id\":\"alice:bob\",\"content\":{\"status\":\"accepted\"},");
      assertThat(ack.get("seq").asLong()).isEqualTo(1);

      JsonNode message = bob.json();
      assertThat(message.get("from").asText()).isEqualTo("alice");
      assertThat(message.at("/content/text").asText()).isEqualTo("hi");
      assertThat(message.get("timestamp")).isEqualTo(ack.get("timestamp"));

      bob.send("{\"type\":20,\"conversation_id\":\"alice:bob\",\"content\":{\"seq\":1}}");
      assertThat(alice.json().toString())
          .isEqualTo(
              "{\"type\":28,\"conversation_id\":\"alice:bob\",\"content\":{\"peer_received_seq\":1}}");
      bob.send("{\"type\":21,\"conversation_id\":\"alice:bob\",\"content\":{\"last_read_seq\":1}}");
      assertThat(alice.json().toString())
          .isEqualTo(
              "{\"type\":21,\"from\":\"bob\",\"conversation_id\":\"alice:bob\",\"content\":{\"last_read_seq\":1}}");
    }
  }
}
