package io.embedim.transport.ws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bytes that only our own server has to cope with; the conformance suite has the rest. */
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
