package io.embedim.transport.ws.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Live delivery and redelivery: protocol §4. */
class DeliveryConformanceTest extends ConformanceTest {

  /** Time goes on so far for a frame that is to be sent again; beyond that it will not come. */
  private static final int MOST_TICKS = 300;

  @Test
  void a_session_gets_a_conversation_in_order_and_each_entry_once() throws IOException {
    Deployment server = server();
    Client alice = login(server, "alice");
    Client bob = login(server, "bob");
    Client watching = login(server, "bob");
    for (int i = 0; i < 15; i++) {
      alice.send(Client.chat("bob", "a" + i, "from alice"));
      bob.send(Client.chat("alice", "b" + i, "from bob"));
    }
    for (int seq = 1; seq <= 30; seq++) {
      assertThat(watching.next().get("seq").asLong()).isEqualTo(seq);
    }
    watching.expectQuiet();
  }

  @Test
  void a_message_reaches_every_live_session_of_both() throws IOException {
    Deployment server = server();
    Client alice = login(server, "alice");
    Client[] others = {login(server, "alice"), login(server, "bob"), login(server, "bob")};
    Client stranger = login(server, "carol");
    alice.say("bob", "m1", "hi");
    JsonNode first = others[0].next();
    assertThat(others[1].next()).isEqualTo(first);
    assertThat(others[2].next()).isEqualTo(first);
    stranger.expectQuiet();
  }

  @Test
  void what_is_not_acknowledged_comes_again_unchanged_after_10_s_and_at_most_3_times()
      throws IOException {
    Deployment server = server();
    Client alice = login(server, "alice");
    Client bob = login(server, "bob");
    alice.say("bob", "m1", "hi");
    JsonNode message = bob.next();
    for (int i = 0; i < 3; i++) {
      server.pass(Duration.ofMillis(9_800));
      bob.expectQuiet();
      passUntilNext(server, bob, alice);
      assertThat(bob.next()).isEqualTo(message);
    }
    for (int i = 0; i < 4; i++) {
      server.pass(Duration.ofSeconds(10));
      bob.expectQuiet();
      alice.expectQuiet();
    }
  }

  @Test
  void a_receipt_ends_redelivery() throws IOException {
    Deployment server = server();
    Client alice = login(server, "alice");
    Client bob = login(server, "bob");
    alice.say("bob", "m1", "hi");
    alice.say("bob", "m2", "there");
    bob.next();
    bob.next();
    bob.send("{'type':20,'conversation_id':'alice:bob','content':{'seq':1}}");
    server.pass(Duration.ofMillis(9_800));
    bob.expectQuiet();
    passUntilNext(server, bob, login(server, "carol"));
    assertThat(bob.next().get("seq").asLong()).isEqualTo(2);
    bob.send("{'type':20,'message_id':'m2','conversation_id':'alice:bob'}");
    bob.expectQuiet();
    server.pass(Duration.ofSeconds(30));
    bob.expectQuiet();
  }

  @Test
  void the_sender_counts_the_ack_as_received() throws IOException {
    Deployment server = server();
    Client alice = login(server, "alice");
    alice.say("bob", "m1", "hi");
    server.pass(Duration.ofSeconds(30));
    alice.expectQuiet();
  }

  /**
   * Lets time pass until something comes. The server may still be about to learn that its last
   * write is done, so that it looks again at the next tick; meanwhile another client is answered.
   */
  private static void passUntilNext(Deployment server, Client receiver, Client other)
      throws IOException {
    for (int i = 0; i < MOST_TICKS && !receiver.hasNext(); i++) {
      server.pass(Deployment.TICK);
      other.expectQuiet();
      // Whatever the tick sent has come before the clock goes on.
      receiver.settle();
    }
  }
}
