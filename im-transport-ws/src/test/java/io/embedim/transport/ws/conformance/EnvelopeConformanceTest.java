package io.embedim.transport.ws.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.embedim.spi.model.ConversationId;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a message looks like to those who get it: protocol §1 and the types 1 and 3. */
class EnvelopeConformanceTest extends ConformanceTest {

  private Deployment server;
  private Client alice;
  private Client bob;

  @BeforeEach
  void start() throws IOException {
    server = server();
    alice = login(server, "alice");
    bob = login(server, "bob");
  }

  @Test
  void a_message_arrives_with_its_place_its_time_and_its_sender() throws IOException {
    JsonNode ack = alice.say("bob", "m1", "hi");
    JsonNode message = bob.next();
    assertThat(message.get("type").asInt()).isEqualTo(1);
    assertThat(message.get("message_id").asText()).isEqualTo("m1");
    assertThat(message.get("from").asText()).isEqualTo("alice");
    assertThat(message.get("to").asText()).isEqualTo("bob");
    assertThat(message.get("conversation_id").asText()).isEqualTo("alice:bob");
    assertThat(message.get("content_type").asInt()).isEqualTo(1);
    assertThat(message.get("content").toString()).isEqualTo("{\"text\":\"hi\"}");
    assertThat(message.get("qos").asInt()).isEqualTo(1);
    assertThat(message.get("seq")).isEqualTo(ack.get("seq"));
    assertThat(message.get("timestamp")).isEqualTo(ack.get("timestamp"));
  }

  @Test
  void what_only_the_server_sets_is_ignored_from_a_client() throws IOException {
    alice.send(
        "{'type':1,'message_id':'m1','to':'bob','from':'carol','seq':99,'timestamp':1,"
            + "'revoked':true,'status':'x','content':{'text':'forged'}}");
    assertThat(alice.next().get("seq").asLong()).isEqualTo(1);
    JsonNode message = bob.next();
    assertThat(message.get("from").asText()).isEqualTo("alice");
    assertThat(message.get("seq").asLong()).isEqualTo(1);
    assertThat(message.get("timestamp").asLong()).isEqualTo(server.clock.millis());
    assertThat(message.has("revoked")).isFalse();
  }

  @Test
  void a_message_without_an_id_gets_a_uuid_of_version_7() throws IOException {
    JsonNode ack = alice.ask("{'type':1,'to':'bob','content':{'text':'hi'}}");
    assertThat(ack.get("message_id").asText())
        .matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    assertThat(bob.next().get("message_id")).isEqualTo(ack.get("message_id"));
  }

  @Test
  void a_conversation_is_named_by_it_or_by_the_other_party_or_by_both() throws IOException {
    for (String address :
        new String[] {
          "'to':'alice'",
          "'conversation_id':'alice:bob'",
          "'to':'alice','conversation_id':'alice:bob'",
          "'to':null,'conversation_id':'alice:bob'"
        }) {
      JsonNode ack = bob.ask("{'type':1," + address + ",'content':{'text':'hi'}}");
      assertThat(ack.get("conversation_id").asText()).isEqualTo("alice:bob");
      assertThat(alice.next().get("to").asText()).isEqualTo("alice");
    }
    JsonNode error =
        bob.ask(
            "{'type':1,'to':'alice','conversation_id':'bob:carol','content':{'text':'where?'}}");
    assertThat(error.at("/content/reason").asText()).isEqualTo("invalid_argument");
  }

  @Test
  void everything_that_a_message_carries_arrives() throws IOException {
    alice.say("bob", "m1", "first");
    bob.next();
    alice.send(
        "{'type':1,'message_id':'m2','to':'bob','content_type':8,'content':{'a':[1,{'b':1.50}]},"
            + "'client_timestamp':1795512601214,'qos':1,'reply_to':'m1','mentions':['bob','bob'],"
            + "'forwarded_from':{'message_id':'x','n':1e3},'expires_in':31536000,'unknown':{'x':1}}");
    alice.next();
    JsonNode message = bob.next();
    assertThat(message.get("content_type").asInt()).isEqualTo(8);
    assertThat(message.get("content").toString()).isEqualTo("{\"a\":[1,{\"b\":1.5}]}");
    assertThat(message.get("client_timestamp").asLong()).isEqualTo(1795512601214L);
    assertThat(message.get("reply_to").asText()).isEqualTo("m1");
    assertThat(message.get("mentions").toString()).isEqualTo("[\"bob\"]");
    assertThat(message.at("/forwarded_from/message_id").asText()).isEqualTo("x");
    assertThat(message.get("expires_in").asLong()).isEqualTo(31_536_000);
    assertThat(message.has("unknown")).isFalse();
    JsonNode again =
        alice.result("message.history", "{'conversation_id':'alice:bob','after_seq':1}");
    assertThat(again.at("/messages/0")).isEqualTo(message);
  }

  @Test
  void everybody_can_be_mentioned() throws IOException {
    alice.ask("{'type':1,'to':'bob','mentions':['*'],'content':{'text':'all'}}");
    assertThat(bob.next().get("mentions").toString()).isEqualTo("[\"*\"]");
  }

  @Test
  void all_kinds_of_content_are_taken() throws IOException {
    for (int type = 2; type <= 8; type++) {
      alice.ask("{'type':1,'to':'bob','content_type':" + type + ",'content':{}}");
      assertThat(bob.next().get("content_type").asInt()).isEqualTo(type);
    }
  }

  @Test
  void a_message_with_qos_0_reaches_live_sessions_and_is_not_kept() throws IOException {
    Client laptop = login(server, "alice");
    alice.send("{'type':1,'message_id':'m1','to':'bob','qos':0,'content':{'text':'psst'}}");
    for (Client receiver : new Client[] {bob, laptop}) {
      JsonNode message = receiver.next();
      assertThat(message.get("message_id").asText()).isEqualTo("m1");
      assertThat(message.get("qos").asInt()).isZero();
      assertThat(message.has("seq")).isFalse();
    }
    alice.expectQuiet();
    assertThat(alice.result("conversation.list", "{}").get("conversations")).isEmpty();
  }

  @Test
  void a_message_with_qos_0_by_request_has_no_seq_in_its_result() throws IOException {
    JsonNode result =
        alice.result(
            "message.send",
            "{'type':1,'message_id':'m1','to':'bob','qos':0,'content':{'text':'psst'}}");
    assertThat(result.has("seq")).isFalse();
    assertThat(result.get("status").asText()).isEqualTo("accepted");
    assertThat(bob.next().has("seq")).isFalse();
  }

  @Test
  void a_message_with_qos_0_that_is_refused_gets_an_error() throws IOException {
    JsonNode error =
        alice.ask(
            "{'type':1,'message_id':'m1','conversation_id':'bob:carol','qos':0,"
                + "'content':{'text':'x'}}");
    assertThat(error.get("message_id").asText()).isEqualTo("m1");
    assertThat(error.at("/content/reason").asText()).isEqualTo("conversation_not_found");
  }

  @Test
  void one_can_write_to_oneself() throws IOException {
    Client laptop = login(server, "alice");
    assertThat(alice.say("alice", "m1", "note").get("conversation_id").asText())
        .isEqualTo("alice:alice");
    assertThat(laptop.next().get("to").asText()).isEqualTo("alice");
    JsonNode view = alice.result("conversation.get", "{'conversation_id':'alice:alice'}");
    assertThat(view.at("/conversation/peer_id").asText()).isEqualTo("alice");
    assertThat(view.at("/conversation/unread_count").asInt()).isZero();
  }

  @Test
  void a_message_of_the_system_comes_as_type_3() throws Exception {
    server.say(ConversationId.direct("bob", "system"), "s1", "Your order has been shipped.");
    JsonNode message = bob.next();
    assertThat(message.get("type").asInt()).isEqualTo(3);
    assertThat(message.get("from").asText()).isEqualTo("system");
    assertThat(message.get("to").asText()).isEqualTo("bob");
    assertThat(message.get("conversation_id").asText()).isEqualTo("bob:system");
    assertThat(message.get("seq").asLong()).isEqualTo(1);
    JsonNode view = bob.result("conversation.get", "{'conversation_id':'bob:system'}");
    assertThat(view.at("/conversation/peer_id").asText()).isEqualTo("system");
    assertThat(view.at("/conversation/last_message")).isEqualTo(message);
    server.say(ConversationId.direct("alice", "bob"), "s2", "Be kind.");
    for (Client member : new Client[] {alice, bob}) {
      JsonNode both = member.next();
      assertThat(both.get("message_id").asText()).isEqualTo("s2");
      assertThat(both.has("to")).isFalse();
    }
  }

  @Test
  void nobody_writes_to_the_system() throws IOException {
    for (String address : new String[] {"'to':'system'", "'conversation_id':'alice:system'"}) {
      JsonNode error =
          alice.askWrong("{'type':1,'message_id':'m'," + address + ",'content':{'text':'x'}}");
      assertThat(error.at("/content/reason").asText()).isEqualTo("invalid_argument");
    }
    alice.expectQuiet();
  }

  @Test
  void a_content_may_have_16_KiB_and_no_byte_more() throws IOException {
    String text = "é".repeat((16_384 - "{'text':''}".length()) / 2) + "x";
    alice.say("bob", "m1", text);
    assertThat(bob.next().at("/content/text").asText()).isEqualTo(text);
    JsonNode error = alice.ask(Client.chat("bob", "m2", text + "x"));
    assertThat(error.get("message_id").asText()).isEqualTo("m2");
    assertThat(error.at("/content/reason").asText()).isEqualTo("content_too_large");
    assertThat(error.at("/content/code").asInt()).isEqualTo(40005);
  }

  @Test
  void a_message_that_destroys_itself_is_shown_to_nobody_after_its_time() throws IOException {
    alice.ask("{'type':1,'to':'bob','expires_in':5,'content':{'text':'soon gone'}}");
    alice.say("bob", "m2", "stays");
    server.pass(Duration.ofSeconds(5));
    JsonNode left = bob.result("message.history", "{'conversation_id':'alice:bob'}");
    assertThat(left.get("messages")).hasSize(1);
    assertThat(left.at("/messages/0/message_id").asText()).isEqualTo("m2");
  }
}
