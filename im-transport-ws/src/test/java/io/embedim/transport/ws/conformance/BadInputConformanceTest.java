package io.embedim.transport.ws.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.embedim.transport.ws.RawClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What no correct client sends: each is answered, or ends the connection, as protocol §6 says. */
class BadInputConformanceTest extends ConformanceTest {

  private static final int LIMIT = 65_536;

  /** The types that this release takes from clients. */
  static final Set<Integer> SERVED = Set.of(1, 2, 20, 21, 22, 23, 24, 25, 26, 40, 90, 99);

  private Deployment server;
  private Client alice;

  @BeforeEach
  void start() throws IOException {
    server = server();
    alice = login(server, "alice");
  }

  private void assertRefused(String frame, String reason) throws IOException {
    JsonNode error = alice.askWrong(frame);
    assertThat(error.get("type").asInt()).as(frame).isEqualTo(93);
    assertThat(error.at("/content/reason").asText()).as(frame).isEqualTo(reason);
  }

  private static String padded(int bytes) {
    String empty = "{'type':99,'pad':''}";
    return "{'type':99,'pad':'" + "x".repeat(bytes - empty.length()) + "'}";
  }

  @Test
  void text_that_is_not_one_json_object_is_malformed() throws IOException {
    for (String text :
        List.of(
            "",
            " ",
            "{",
            "[]",
            "[{'type':99}]",
            "null",
            "99",
            "'type'",
            "nonsense",
            "{'type':99}{'type':99}",
            "{'type':99}]",
            "{'type':99,}",
            "{type:99}",
            "{'type':99,'type':99}",
            "{'type':99,'x':{'a':1,'a':2}}",
            "{'type':NaN}",
            "{'type':099}",
            "{'type':99} // comment")) {
      assertRefused(text, "malformed_frame");
    }
    alice.expectQuiet();
  }

  @Test
  void a_type_that_is_none_is_malformed() throws IOException {
    for (String frame :
        List.of(
            "{}",
            "{'type':null}",
            "{'type':'99'}",
            "{'type':99.0}",
            "{'type':true}",
            "{'type':[99]}",
            "{'type':{}}",
            "{'type':99999999999999999999}")) {
      assertRefused(frame, "malformed_frame");
    }
    alice.expectQuiet();
  }

  @Test
  void every_type_that_this_release_does_not_take_from_clients_is_unknown() throws IOException {
    for (int type = -1; type <= 101; type++) {
      if (!SERVED.contains(type)) {
        // So that the errors do not close the session.
        server.pass(Deployment.TICK.multipliedBy(10));
        JsonNode error =
            alice.askWrong("{'type':" + type + ",'message_id':'x" + type + "','content':{}}");
        assertThat(error.get("message_id").asText()).isEqualTo("x" + type);
        assertThat(error.at("/content/reason").asText())
            .as("type " + type)
            .isEqualTo("unknown_type");
        assertThat(error.at("/content/code").asInt()).isEqualTo(40002);
      }
    }
    alice.expectQuiet();
  }

  @Test
  void a_message_to_a_group_does_not_go_to_two_and_the_other_way_round() throws IOException {
    for (String frame :
        List.of(
            "{'type':1,'conversation_id':'group:team','content':{'text':'x'}}",
            "{'type':2,'conversation_id':'alice:bob','content':{'text':'x'}}",
            "{'type':2,'to':'team','conversation_id':'group:other','content':{'text':'x'}}",
            "{'type':2,'to':'a b','content':{'text':'x'}}",
            "{'type':2,'to':'group','content':{'text':'x'}}",
            "{'type':2,'content':{'text':'x'}}",
            "{'type':2,'to':'team'}")) {
      assertRefused(frame, "invalid_argument");
    }
    alice.expectQuiet();
  }

  @Test
  void nesting_may_be_32_levels_deep_and_no_deeper() throws IOException {
    assertThat(
            alice
                .ask("{'type':99,'x':" + "[".repeat(31) + "]".repeat(31) + "}")
                .get("type")
                .asInt())
        .isEqualTo(99);
    assertRefused("{'type':99,'x':" + "[".repeat(32) + "]".repeat(32) + "}", "malformed_frame");
    assertRefused("{'type':99,'x':" + "[".repeat(60_000), "malformed_frame");
    assertRefused("{'a':".repeat(10_000), "malformed_frame");
    alice.expectQuiet();
  }

  @Test
  void values_of_a_wrong_type_are_invalid_and_name_the_field() throws IOException {
    for (String field :
        List.of(
            "to",
            "conversation_id",
            "message_id",
            "content_type",
            "client_timestamp",
            "qos",
            "reply_to",
            "mentions",
            "forwarded_from",
            "expires_in")) {
      for (String value : List.of("true", "1.5")) {
        String others = field.equals("to") ? "" : "'to':'bob',";
        JsonNode error =
            alice.askWrong(
                "{'type':1," + others + "'content':{'text':'x'},'" + field + "':" + value + "}");
        assertThat(error.at("/content/reason").asText()).as(field).isEqualTo("invalid_argument");
        assertThat(error.at("/content/message").asText()).startsWith(field);
      }
    }
    alice.expectQuiet();
  }

  @Test
  void bad_ids_are_invalid() throws IOException {
    for (String to :
        List.of("", "a b", "a:b", "x".repeat(65), "é", "group", "a/b", "a\\u0000b", "\\ud800")) {
      assertRefused("{'type':1,'to':'" + to + "','content':{'text':'x'}}", "invalid_argument");
    }
    for (String id : List.of("", "a b", "m@x", "x".repeat(65), "é")) {
      assertRefused(
          "{'type':1,'message_id':'" + id + "','to':'bob','content':{'text':'x'}}",
          "invalid_argument");
    }
    for (String id :
        List.of("alice", "bob:alice", "alice:bob:carol", "alice:", ":bob", "group:", "a b:c")) {
      assertRefused(
          "{'type':1,'conversation_id':'" + id + "','content':{'text':'x'}}", "invalid_argument");
      assertRefused(
          "{'type':20,'conversation_id':'" + id + "','content':{'seq':1}}", "invalid_argument");
    }
    alice.expectQuiet();
  }

  @Test
  void what_a_message_carries_has_limits() throws IOException {
    String message = "{'type':1,'to':'bob','content':{'text':'x'},%s}";
    StringBuilder users = new StringBuilder("'u0'");
    for (int i = 1; i <= 100; i++) {
      users.append(",'u").append(i).append('\'');
    }
    for (String field :
        List.of(
            "'mentions':[" + users + "]",
            "'mentions':['*','bob']",
            "'mentions':['a b']",
            "'forwarded_from':{'a':'" + "x".repeat(4_096) + "'}",
            "'expires_in':-1",
            "'expires_in':31536001",
            "'qos':2",
            "'content_type':0",
            "'content_type':9")) {
      assertRefused(message.formatted(field), "invalid_argument");
    }
    assertRefused("{'type':1,'to':'bob'}", "invalid_argument");
    assertRefused("{'type':1,'to':'bob','content':{'text':' '}}", "invalid_argument");
    assertRefused("{'type':1,'to':'bob','content':{'text':'\\u0000'}}", "invalid_argument");
    alice.expectQuiet();
  }

  @Test
  void a_frame_of_64_KiB_is_taken_and_one_byte_more_closes_with_1009() throws IOException {
    assertThat(alice.ask(padded(LIMIT)).get("type").asInt()).isEqualTo(99);
    alice.send(padded(LIMIT + 1));
    assertThat(alice.closeCode()).isEqualTo(1009);
    assertThat(alice.left()).isEmpty();
  }

  @Test
  void what_counts_is_the_bytes_and_not_the_characters() throws IOException {
    byte[] part = padded(LIMIT / 2).getBytes(StandardCharsets.UTF_8);
    alice.raw().send(RawClient.TEXT, false, part);
    alice
        .raw()
        .send(
            RawClient.CONTINUATION,
            true,
            "é".repeat(LIMIT / 4 + 1).getBytes(StandardCharsets.UTF_8));
    assertThat(alice.closeCode()).isEqualTo(1009);
  }

  @Test
  void a_message_that_never_ends_closes_with_1009() throws IOException {
    byte[] part = "x".repeat(1_000).getBytes(StandardCharsets.UTF_8);
    for (int opcode : new int[] {RawClient.TEXT, RawClient.BINARY}) {
      Client client = login(server, "bob");
      client.raw().send(opcode, false, part);
      // Undertow hands over what is binary by whole buffers, so that it takes up to one more.
      boolean held = container == Container.UNDERTOW && opcode == RawClient.BINARY;
      for (int i = 0; i < (held ? 66 + 17 : 66); i++) {
        client.raw().send(RawClient.CONTINUATION, false, part);
      }
      assertThat(client.closeCode()).isEqualTo(1009);
    }
  }

  @Test
  void a_frame_in_parts_is_put_together() throws IOException {
    byte[] frame =
        Client.quoted("{'type':99,'message_id':'h','pad':'é'}").getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < frame.length; i++) {
      alice
          .raw()
          .send(
              i == 0 ? RawClient.TEXT : RawClient.CONTINUATION,
              i == frame.length - 1,
              new byte[] {frame[i]});
    }
    assertThat(alice.next().get("message_id").asText()).isEqualTo("h");
  }

  @Test
  void a_binary_frame_is_malformed_and_the_connection_lives() throws IOException {
    alice.raw().send(RawClient.BINARY, true, new byte[] {1, 2, 3});
    assertThat(alice.next().at("/content/reason").asText()).isEqualTo("malformed_frame");
    alice.raw().send(RawClient.BINARY, false, new byte[] {1, 2, 3});
    alice.raw().send(RawClient.CONTINUATION, true, new byte[] {1, 2, 3});
    assertThat(alice.next().at("/content/reason").asText()).isEqualTo("malformed_frame");
    alice.expectQuiet();
  }

  @Test
  void text_that_is_no_utf_8_ends_the_connection() throws IOException {
    alice.raw().send(RawClient.TEXT, true, new byte[] {'{', (byte) 0xff, '}'});
    if (container == Container.TOMCAT) {
      // Text is decoded by the container, and this one does not always take the time to say why.
      assertThat(alice.closeCode()).isIn(1007, Client.NO_CODE);
    } else {
      assertThat(alice.closeCode()).isEqualTo(1007);
    }
    assertThat(alice.left()).isEmpty();
  }

  @Test
  void bad_input_of_one_does_not_concern_others() throws IOException {
    Client bob = login(server, "bob");
    alice.sendWrong("{");
    alice.next();
    alice.raw().send(RawClient.TEXT, true, new byte[LIMIT + 1]);
    assertThat(alice.closeCode()).isIn(1007, 1009, Client.NO_CODE);
    bob.expectQuiet();
  }
}
