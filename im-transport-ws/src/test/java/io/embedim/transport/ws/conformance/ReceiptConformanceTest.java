package io.embedim.transport.ws.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Received, read and typing: the types 20 (from a client), 21, 23 and their echo in 28. */
class ReceiptConformanceTest extends ConformanceTest {

  private Deployment server;
  private Client alice;
  private Client bob;

  @BeforeEach
  void start() throws IOException {
    server = server();
    alice = login(server, "alice");
    bob = login(server, "bob");
  }

  private void twoMessages() throws IOException {
    alice.say("bob", "m1", "one");
    alice.say("bob", "m2", "two");
    assertThat(bob.next().get("seq").asLong()).isEqualTo(1);
    assertThat(bob.next().get("seq").asLong()).isEqualTo(2);
  }

  private JsonNode view(Client client) throws IOException {
    return client.result("conversation.get", "{'conversation_id':'alice:bob'}").get("conversation");
  }

  @Test
  void a_receipt_is_not_answered_and_tells_the_other_party_how_far_it_arrived() throws IOException {
    twoMessages();
    bob.send("{'type':20,'conversation_id':'alice:bob','content':{'seq':2}}");
    bob.expectQuiet();
    server.pass(Duration.ofSeconds(1));
    assertThat(alice.next().toString())
        .isEqualTo(
            "{\"type\":28,\"conversation_id\":\"alice:bob\",\"content\":{\"peer_received_seq\":2}}");
    assertThat(view(bob).get("received_seq").asLong()).isEqualTo(2);
    assertThat(view(bob).get("read_seq").asLong()).isZero();
    assertThat(view(alice).get("peer_received_seq").asLong()).isEqualTo(2);
  }

  @Test
  void one_message_can_be_acknowledged_by_its_id() throws IOException {
    twoMessages();
    bob.send("{'type':20,'message_id':'m1','conversation_id':'alice:bob'}");
    bob.expectQuiet();
    server.pass(Duration.ofSeconds(1));
    assertThat(alice.next().at("/content/peer_received_seq").asLong()).isEqualTo(1);
  }

  @Test
  void a_receipt_for_what_does_not_exist_changes_nothing() throws IOException {
    twoMessages();
    bob.send("{'type':20,'conversation_id':'alice:bob','content':{'seq':3}}");
    bob.send("{'type':20,'message_id':'m9','conversation_id':'alice:bob'}");
    bob.send("{'type':20,'conversation_id':'alice:carol','content':{'seq':1}}");
    bob.send("{'type':20,'conversation_id':'group:nobodys','content':{'seq':1}}");
    bob.expectQuiet();
    server.pass(Duration.ofSeconds(1));
    assertThat(view(bob).get("received_seq").asLong()).isZero();
    alice.expectQuiet();
  }

  @Test
  void reading_is_told_to_the_other_party_and_to_ones_own_other_sessions() throws IOException {
    twoMessages();
    Client laptop = login(server, "bob");
    bob.send("{'type':21,'conversation_id':'alice:bob','content':{'last_read_seq':2}}");
    String receipt =
        "{\"type\":21,\"from\":\"bob\",\"conversation_id\":\"alice:bob\","
            + "\"content\":{\"last_read_seq\":2}}";
    assertThat(alice.next().toString()).isEqualTo(receipt);
    assertThat(laptop.next().toString()).isEqualTo(receipt);
    bob.expectQuiet();
    assertThat(view(bob).get("unread_count").asInt()).isZero();
    assertThat(view(bob).get("received_seq").asLong()).isEqualTo(2);
    assertThat(view(alice).get("peer_read_seq").asLong()).isEqualTo(2);
  }

  @Test
  void reading_by_request_does_the_same_with_an_answer() throws IOException {
    twoMessages();
    Client laptop = login(server, "bob");
    assertThat(
            bob.result("conversation.read", "{'conversation_id':'alice:bob','last_read_seq':1}")
                .get("last_read_seq")
                .asLong())
        .isEqualTo(1);
    assertThat(alice.next().at("/content/last_read_seq").asLong()).isEqualTo(1);
    assertThat(laptop.next().at("/content/last_read_seq").asLong()).isEqualTo(1);
    bob.expectQuiet();
  }

  @Test
  void cursors_never_go_back() throws IOException {
    twoMessages();
    String read = "{'type':21,'conversation_id':'alice:bob','content':{'last_read_seq':%d}}";
    bob.send(read.formatted(2));
    assertThat(alice.next().at("/content/last_read_seq").asLong()).isEqualTo(2);
    bob.send(read.formatted(1));
    assertThat(
            bob.result("conversation.read", "{'conversation_id':'alice:bob','last_read_seq':1}")
                .get("last_read_seq")
                .asLong())
        .isEqualTo(2);
    alice.expectQuiet();
    assertThat(view(alice).get("peer_read_seq").asLong()).isEqualTo(2);
  }

  @Test
  void nobody_reads_beyond_the_end() throws IOException {
    twoMessages();
    JsonNode error =
        bob.ask(
            "{'type':21,'message_id':'x','conversation_id':'alice:bob',"
                + "'content':{'last_read_seq':3}}");
    assertThat(error.get("message_id").asText()).isEqualTo("x");
    assertThat(error.at("/content/reason").asText()).isEqualTo("invalid_argument");
    alice.expectQuiet();
  }

  @Test
  void nobody_reads_other_peoples_conversations() throws IOException {
    twoMessages();
    Client carol = login(server, "carol");
    JsonNode error =
        carol.ask("{'type':21,'conversation_id':'alice:bob','content':{'last_read_seq':2}}");
    assertThat(error.at("/content/reason").asText()).isEqualTo("conversation_not_found");
    assertThat(view(alice).get("peer_read_seq").asLong()).isZero();
  }

  @Test
  void typing_reaches_the_other_partys_sessions_and_nobody_else() throws IOException {
    Client bobsPhone = login(server, "bob");
    Client alicesPhone = login(server, "alice");
    alice.send("{'type':23,'to':'bob'}");
    alice.send("{'type':23,'conversation_id':'alice:bob'}");
    String typing = "{\"type\":23,\"from\":\"alice\",\"conversation_id\":\"alice:bob\"}";
    for (Client receiver : new Client[] {bob, bobsPhone}) {
      assertThat(receiver.next().toString()).isEqualTo(typing);
      assertThat(receiver.next().toString()).isEqualTo(typing);
    }
    alice.expectQuiet();
    alicesPhone.expectQuiet();
    assertThat(bob.result("conversation.list", "{}").get("conversations")).isEmpty();
  }

  @Test
  void nobody_types_in_other_peoples_conversations() throws IOException {
    JsonNode error = alice.ask("{'type':23,'message_id':'x','conversation_id':'bob:carol'}");
    assertThat(error.get("message_id").asText()).isEqualTo("x");
    assertThat(error.at("/content/reason").asText()).isEqualTo("conversation_not_found");
    bob.expectQuiet();
  }
}
