package io.embedim.transport.ws.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client that reads too slowly, and frames that are joined: protocol §4, 94, 4408, batch. */
class OverloadConformanceTest extends ConformanceTest {

  /** More than the system's buffers and the session's queue take, in messages of 16 KB. */
  private static final int FLOOD = 700;

  private static final String LARGE = "x".repeat(16_000);

  private Deployment server;
  private Client alice;

  @BeforeEach
  void start() throws IOException {
    server =
        server(
            settings ->
                settings
                    .messagesPerSecond(1_000_000)
                    .messagesBurst(1_000_000)
                    .framesBurst(1_000_000));
    alice = login(server, "alice");
  }

  private Client slow(String query) throws IOException {
    Client client = closing(Client.openSlow(server.port(), "/ws?token=bob" + query));
    client.expectWelcome();
    return client;
  }

  private void flood() throws IOException {
    for (int i = 1; i <= FLOOD; i++) {
      alice.say("bob", "m" + i, LARGE);
    }
  }

  @Test
  void a_slow_reader_ends_with_a_complete_log_in_order_and_delays_nobody() throws IOException {
    Client bob = slow("");
    Client phone = login(server, "bob");
    flood();
    for (int seq = 1; seq <= FLOOD; seq++) {
      assertThat(phone.next().get("seq").asLong()).isEqualTo(seq);
    }
    phone.expectQuiet();
    for (int seq = 1; seq <= FLOOD; seq++) {
      assertThat(bob.next().get("seq").asLong()).isEqualTo(seq);
    }
    alice.say("bob", "last", "live again");
    assertThat(bob.next().get("message_id").asText()).isEqualTo("last");
    assertThat(bob.joined()).isZero();
    bob.expectQuiet();
  }

  @Test
  void a_client_that_takes_joined_frames_gets_arrays_in_order_and_loses_nothing()
      throws IOException {
    Client bob = slow("&batch=1");
    flood();
    for (int seq = 1; seq <= FLOOD; seq++) {
      assertThat(bob.next().get("seq").asLong()).isEqualTo(seq);
    }
    assertThat(bob.joined()).isPositive();
    bob.expectQuiet();
  }

  @Test
  void who_missed_what_cannot_be_had_again_is_told_to_sync() throws IOException {
    Client bob = slow("");
    for (int i = 1; i <= FLOOD; i++) {
      alice.send("{'type':1,'to':'bob','qos':0,'content':{'text':'" + LARGE + "'}}");
      alice.expectQuiet();
    }
    int told = 0;
    JsonNode frame = bob.next();
    while (frame.get("type").asInt() == 1) {
      told++;
      frame = bob.next();
    }
    assertThat(frame.get("type").asInt()).isEqualTo(94);
    assertThat(told).isLessThan(FLOOD);
    bob.expectQuiet();
  }

  @Test
  void a_client_that_reads_nothing_for_60_s_is_closed_with_4408() throws IOException {
    Client bob = slow("");
    flood();
    server.pass(Duration.ofMillis(59_800));
    alice.expectQuiet();
    assertThat(server.engine.sessions().count()).isEqualTo(2);
    server.pass(Duration.ofMillis(300));
    assertThat(server.engine.sessions().count()).isEqualTo(1);
    assertThat(bob.closeCode()).isEqualTo(4408);
    alice.expectQuiet();
  }

  @Test
  void a_client_that_never_reads_is_cut_off_once_it_is_closed() throws IOException {
    Client bob = slow("");
    flood();
    server.pass(Duration.ofMillis(59_800));
    alice.expectQuiet();
    server.pass(Duration.ofMillis(300));
    assertThat(server.engine.sessions().count()).isEqualTo(1);
    awaitCut(server, bob);
    alice.expectQuiet();
  }
}
