package io.embedim.transport.ws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EvilFramesTest {

  private static final int LIMIT = 65_536;

  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String padded(int bytes) {
    String frame = "{\"type\":99,\"pad\":\"\"}";
    return "{\"type\":99,\"pad\":\"" + "x".repeat(bytes - frame.length()) + "\"}";
  }

  @Test
  void a_frame_of_64_KiB_is_taken() throws IOException {
    try (RawClient client = RawClient.login(server, "alice")) {
      assertThat(client.ask(padded(LIMIT)).get("type").asInt()).isEqualTo(99);
    }
  }

  @Test
  void a_frame_of_64_KiB_and_one_byte_closes_with_1009() throws IOException {
    try (RawClient client = RawClient.login(server, "alice")) {
      client.send(padded(LIMIT + 1));
      assertThat(client.readCloseCode()).isEqualTo(1009);
    }
  }

  @Test
  void what_counts_is_the_bytes_and_not_the_characters() throws IOException {
    try (RawClient client = RawClient.login(server, "alice")) {
      client.send(RawClient.TEXT, false, padded(LIMIT / 2).getBytes(StandardCharsets.UTF_8));
      client.send(
          RawClient.CONTINUATION, true, "é".repeat(LIMIT / 4 + 1).getBytes(StandardCharsets.UTF_8));
      assertThat(client.readCloseCode()).isEqualTo(1009);
    }
  }

  @Test
  void a_frame_that_only_announces_a_huge_payload_closes_at_once() throws IOException {
    for (long length : new long[] {LIMIT + 1, 200_000_000, Long.MAX_VALUE, -1, Long.MIN_VALUE}) {
      try (RawClient client = RawClient.login(server, "alice")) {
        client.sendHead(RawClient.TEXT, true, length);
        assertThat(client.readCloseCode()).isEqualTo(1009);
      }
    }
  }

  @Test
  void a_client_that_is_still_sending_its_huge_frame_learns_why_it_was_closed() throws IOException {
    try (RawClient client = RawClient.login(server, "alice")) {
      client.send(RawClient.TEXT, true, new byte[1_000_000]);
      assertThat(client.readCloseCode()).isEqualTo(1009);
    }
  }

  @Test
  void a_message_that_never_ends_closes_with_1009() throws IOException {
    byte[] part = "x".repeat(1_000).getBytes(StandardCharsets.UTF_8);
    for (int opcode : new int[] {RawClient.TEXT, RawClient.BINARY}) {
      try (RawClient client = RawClient.login(server, "alice")) {
        client.send(opcode, false, part);
        for (int i = 0; i < 66; i++) {
          client.send(RawClient.CONTINUATION, false, part);
        }
        assertThat(client.readCloseCode()).isEqualTo(1009);
      }
    }
  }

  @Test
  void a_message_of_endless_empty_parts_closes_with_1009() throws IOException {
    try (RawClient client = RawClient.login(server, "alice")) {
      byte[] empty = {};
      client.send(RawClient.TEXT, false, empty);
      ByteArrayOutputStream parts = new ByteArrayOutputStream();
      for (int i = 0; i <= LIMIT; i++) {
        parts.write(new byte[] {0, (byte) 0x80, 1, 2, 3, 4});
      }
      client.out.write(parts.toByteArray());
      assertThat(client.readCloseCode()).isEqualTo(1009);
    }
  }

  @Test
  void a_message_in_parts_is_put_together() throws IOException {
    try (RawClient client = RawClient.login(server, "alice")) {
      byte[] frame = "{\"type\":99,\"message_id\":\"é\"}".getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < frame.length; i++) {
        client.send(
            i == 0 ? RawClient.TEXT : RawClient.CONTINUATION,
            i == frame.length - 1,
            new byte[] {frame[i]});
        if (i == 3) {
          client.send(RawClient.PING, true, new byte[] {7});
          assertThat(client.read().opcode()).isEqualTo(RawClient.PONG);
        }
      }
      assertThat(client.json().at("/content/message").asText()).startsWith("message_id is not");
    }
  }

  @Test
  void a_binary_frame_is_refused_and_the_connection_lives() throws IOException {
    try (RawClient client = RawClient.login(server, "alice")) {
      client.send(RawClient.BINARY, true, new byte[] {1, 2, 3});
      assertThat(client.json().at("/content/reason").asText()).isEqualTo("malformed_frame");
      client.send(RawClient.BINARY, false, new byte[] {1, 2, 3});
      client.send(RawClient.CONTINUATION, true, new byte[] {1, 2, 3});
      assertThat(client.json().at("/content/reason").asText()).isEqualTo("malformed_frame");
      assertAlive(client);
    }
  }

  @Test
  void malformed_text_is_refused_and_the_connection_lives() throws IOException {
    try (RawClient client = RawClient.login(server, "alice")) {
      for (String text : new String[] {"", "{", "[]", "nonsense", "{\"type\":99}{\"type\":99}"}) {
        JsonNode error = client.ask(text);
        assertThat(error.get("type").asInt()).isEqualTo(93);
        assertThat(error.at("/content/reason").asText()).isEqualTo("malformed_frame");
        assertThat(error.at("/content/code").asInt()).isEqualTo(40001);
      }
      assertAlive(client);
    }
  }

  @Test
  void text_that_is_no_UTF_8_closes_the_connection() throws IOException {
    try (RawClient client = RawClient.login(server, "alice")) {
      client.send(RawClient.TEXT, true, new byte[] {'{', (byte) 0xff, '}'});
      assertThat(client.readCloseCode()).isEqualTo(1007);
    }
  }

  @Test
  void frames_against_the_rules_of_WebSockets_close_the_connection() throws IOException {
    try (RawClient client = RawClient.login(server, "alice")) {
      client.send(3, true, new byte[] {});
      assertThat(client.readCloseCode()).isEqualTo(1002);
    }
    try (RawClient client = RawClient.login(server, "alice")) {
      client.send(RawClient.CONTINUATION, true, new byte[] {});
      assertThat(client.readCloseCode()).isEqualTo(1002);
    }
    try (RawClient client = RawClient.login(server, "alice")) {
      client.send(RawClient.PING, false, new byte[] {});
      assertThat(client.readCloseCode()).isEqualTo(1002);
    }
  }

  @Test
  void a_client_that_makes_too_many_errors_is_closed_with_4429() throws IOException {
    try (RawClient client = RawClient.login(server, "alice")) {
      for (int i = 0; i < 110; i++) {
        client.send("{");
      }
      assertThat(client.readCloseCode()).isEqualTo(4429);
    }
  }

  @Test
  void a_client_that_closes_is_answered_and_gone() throws IOException {
    try (RawClient client = RawClient.login(server, "alice")) {
      client.send(RawClient.CLOSE, true, new byte[] {3, (byte) 0xe8});
      assertThat(client.readCloseCode()).isEqualTo(1000);
      assertThat(client.ended()).isTrue();
    }
  }

  @Test
  void a_client_that_pings_and_never_reads_is_cut() throws IOException {
    try (RawClient client = RawClient.login(server, "alice");
        RawClient other = RawClient.login(server, "bob")) {
      ByteArrayOutputStream pings = new ByteArrayOutputStream();
      for (int i = 0; i < 1_000; i++) {
        pings.write(0x89);
        pings.write(0x80 | 125);
        pings.write(new byte[4 + 125]);
      }
      assertThat(client.writeUntilBroken(pings.toByteArray(), 100_000_000)).isTrue();
      assertAlive(other);
    }
  }

  private static void assertAlive(RawClient client) throws IOException {
    assertThat(client.ask("{\"type\":99}").get("type").asInt()).isEqualTo(99);
  }
}
