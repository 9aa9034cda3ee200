package io.embedim.transport.ws.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.embedim.testkit.FaultPoint;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How a command is answered: protocol §3, "Commands". */
class AckConformanceTest extends ConformanceTest {

  @Test
  void a_message_is_acknowledged_with_its_place_and_time() throws IOException {
    Deployment server = server();
    Client alice = login(server, "alice");
    JsonNode ack = alice.say("bob", "m1", "hi");
    assertThat(ack.get("message_id").asText()).isEqualTo("m1");
    assertThat(ack.get("conversation_id").asText()).isEqualTo("alice:bob");
    assertThat(ack.at("/content/status").asText()).isEqualTo("accepted");
    assertThat(ack.get("seq").asLong()).isEqualTo(1);
    assertThat(ack.get("timestamp").asLong()).isEqualTo(server.clock.millis());
    assertThat(alice.say("bob", "m2", "again").get("seq").asLong()).isEqualTo(2);
  }

  @Test
  void a_repeated_command_gets_duplicate_with_the_first_seq_and_has_no_second_effect()
      throws IOException {
    Deployment server = server();
    Client alice = login(server, "alice");
    Client bob = login(server, "bob");
    JsonNode first = alice.say("bob", "m1", "hi");
    server.pass(Deployment.TICK);
    JsonNode second = alice.say("bob", "m1", "something else");
    assertThat(second.at("/content/status").asText()).isEqualTo("duplicate");
    assertThat(second.get("seq")).isEqualTo(first.get("seq"));
    assertThat(second.get("timestamp")).isEqualTo(first.get("timestamp"));
    alice.say("bob", "m2", "marker");
    assertThat(bob.next().at("/content/text").asText()).isEqualTo("hi");
    assertThat(bob.next().get("message_id").asText()).isEqualTo("m2");
  }

  @Test
  void a_repeated_command_is_a_duplicate_on_a_new_connection_too() throws IOException {
    Deployment server = server();
    Client before = login(server, "alice");
    before.say("bob", "m1", "hi");
    before.close();
    JsonNode again = login(server, "alice").say("bob", "m1", "hi");
    assertThat(again.at("/content/status").asText()).isEqualTo("duplicate");
  }

  @Test
  void an_id_of_another_user_is_taken() throws IOException {
    Deployment server = server();
    Client bob = login(server, "bob");
    login(server, "alice").say("bob", "m1", "hi");
    assertThat(bob.next().get("message_id").asText()).isEqualTo("m1");
    JsonNode error = bob.ask(Client.chat("alice", "m1", "mine"));
    assertThat(error.get("type").asInt()).isEqualTo(93);
    assertThat(error.get("message_id").asText()).isEqualTo("m1");
    assertThat(error.at("/content/reason").asText()).isEqualTo("message_id_taken");
    assertThat(error.at("/content/code").asInt()).isEqualTo(40901);
    bob.expectQuiet();
  }

  @Test
  void an_id_can_be_used_again_in_another_conversation() throws IOException {
    Client alice = login(server(), "alice");
    alice.say("bob", "m1", "hi");
    JsonNode other = alice.say("carol", "m1", "hi");
    assertThat(other.at("/content/status").asText()).isEqualTo("accepted");
    assertThat(other.get("conversation_id").asText()).isEqualTo("alice:carol");
  }

  @Test
  void the_session_that_sent_gets_the_ack_only() throws IOException {
    Deployment server = server();
    Client phone = login(server, "alice", "&platform=ios");
    Client laptop = login(server, "alice", "&platform=desktop");
    Client bob = login(server, "bob");
    phone.say("bob", "m1", "from the phone");
    JsonNode atLaptop = laptop.next();
    assertThat(atLaptop.get("message_id").asText()).isEqualTo("m1");
    assertThat(bob.next()).isEqualTo(atLaptop);
    // What came back to the phone would have come before this.
    bob.say("alice", "m2", "marker");
    assertThat(phone.next().get("message_id").asText()).isEqualTo("m2");
  }

  @Test
  void a_message_by_request_reaches_the_callers_own_session_too() throws IOException {
    Client alice = login(server(), "alice");
    JsonNode result =
        alice.result(
            "message.send", "{'type':1,'message_id':'m1','to':'bob','content':{'text':'hi'}}");
    assertThat(result.get("seq").asLong()).isEqualTo(1);
    assertThat(result.get("status").asText()).isEqualTo("accepted");
    JsonNode frame = alice.next();
    assertThat(frame.get("message_id").asText()).isEqualTo("m1");
    assertThat(frame.get("seq").asLong()).isEqualTo(1);
    assertThat(frame.get("timestamp")).isEqualTo(result.get("timestamp"));
  }

  @Test
  void commands_in_flight_are_each_answered_once() throws IOException {
    Client alice = login(server(), "alice");
    Set<String> expected = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      alice.send(Client.chat("bob", "m" + i, "hi"));
      expected.add("m" + i);
    }
    for (int seq = 1; seq <= 20; seq++) {
      JsonNode ack = alice.next();
      assertThat(expected.remove(ack.get("message_id").asText())).isTrue();
      assertThat(ack.get("seq").asLong()).isEqualTo(seq);
    }
  }

  @Test
  void a_command_that_is_refused_changes_nothing() throws IOException {
    Deployment server = server();
    Client alice = login(server, "alice");
    JsonNode error =
        alice.ask(
            "{'type':1,'message_id':'m1','to':'bob','reply_to':'nothing','content':{'text':'x'}}");
    assertThat(error.at("/content/reason").asText()).isEqualTo("message_not_found");
    assertThat(alice.say("bob", "m1", "hi").get("seq").asLong()).isEqualTo(1);
  }

  @Test
  void what_was_not_committed_for_a_passing_reason_is_unavailable_and_can_be_repeated()
      throws IOException {
    Deployment server = server();
    Client alice = login(server, "alice");
    server.stores.appendFaults().fail(FaultPoint.Moment.BEFORE);
    JsonNode error = alice.ask(Client.chat("bob", "m1", "hi"));
    assertThat(error.at("/content/reason").asText()).isEqualTo("unavailable");
    assertThat(error.get("message_id").asText()).isEqualTo("m1");
    server.stores.heal();
    JsonNode ack = alice.say("bob", "m1", "hi");
    assertThat(ack.at("/content/status").asText()).isEqualTo("accepted");
    assertThat(ack.get("seq").asLong()).isEqualTo(1);
  }
}
