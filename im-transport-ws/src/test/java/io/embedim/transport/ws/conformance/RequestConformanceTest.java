package io.embedim.transport.ws.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.embedim.testkit.FaultPoint;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Types 40 and 41, and the heartbeat. */
class RequestConformanceTest extends ConformanceTest {

  @Test
  void a_request_gets_one_response_that_echoes_its_id() throws IOException {
    Client alice = login(server(), "alice");
    JsonNode response =
        alice.ask("{'type':40,'message_id':'req-1','content':{'method':'conversation.list'}}");
    assertThat(response.get("type").asInt()).isEqualTo(41);
    assertThat(response.get("message_id").asText()).isEqualTo("req-1");
    assertThat(response.at("/content/result/conversations").isArray()).isTrue();
    alice.expectQuiet();
  }

  @Test
  void a_request_without_an_id_gets_a_response_without_one() throws IOException {
    Client alice = login(server(), "alice");
    JsonNode response =
        alice.ask("{'type':40,'content':{'method':'conversation.list','params':null}}");
    assertThat(response.get("type").asInt()).isEqualTo(41);
    assertThat(response.has("message_id")).isFalse();
  }

  @Test
  void a_method_that_is_unknown_or_not_served_yet_is_unknown() throws IOException {
    Client alice = login(server(), "alice");
    for (String method :
        new String[] {
          "no.such", "SYNC", "sync ", "offline.pull", "offline.ack", "device.register"
        }) {
      JsonNode error = alice.callWrong(method, "{}").get("error");
      assertThat(error.get("reason").asText()).as(method).isEqualTo("unknown_method");
      assertThat(error.get("code").asInt()).isEqualTo(40003);
    }
    alice.expectQuiet();
  }

  @Test
  void a_request_that_is_wrong_gets_a_response_that_says_so() throws IOException {
    Client alice = login(server(), "alice");
    for (String content :
        new String[] {
          "{}", "{'method':''}", "{'method':7}", "{'method':'sync','params':[]}", "[]", "'sync'"
        }) {
      JsonNode response = alice.askWrong("{'type':40,'message_id':'r','content':" + content + "}");
      assertThat(response.get("type").asInt()).as(content).isEqualTo(41);
      assertThat(response.get("message_id").asText()).isEqualTo("r");
      assertThat(response.at("/content/error/reason").asText()).isEqualTo("invalid_argument");
    }
    for (String params :
        new String[] {"{}", "{'type':23,'to':'bob'}", "{'type':1,'content':{'text':'x'}}"}) {
      assertThat(alice.callWrong("message.send", params).has("error")).as(params).isTrue();
    }
  }

  @Test
  void what_a_store_cannot_read_now_is_unavailable_and_says_nothing_of_the_inside()
      throws IOException {
    Deployment server = server();
    Client alice = login(server, "alice");
    server.stores.conversationFaults().fail(FaultPoint.Moment.BEFORE);
    JsonNode error = alice.call("conversation.list", "{}").get("error");
    assertThat(error.get("reason").asText()).isEqualTo("unavailable");
    assertThat(error.get("message").asText()).doesNotContainIgnoringCase("exception");
    server.stores.heal();
    alice.result("conversation.list", "{}");
  }

  @Test
  void a_heartbeat_is_answered_with_the_servers_time_and_its_id() throws IOException {
    Deployment server = server();
    Client alice = login(server, "alice");
    JsonNode answer = alice.ask("{'type':99,'message_id':'h1'}");
    assertThat(answer.get("type").asInt()).isEqualTo(99);
    assertThat(answer.get("message_id").asText()).isEqualTo("h1");
    assertThat(answer.get("timestamp").asLong()).isEqualTo(server.clock.millis());
    assertThat(alice.ask("{'type':99}").has("message_id")).isFalse();
  }
}
