package io.embedim.transport.ws.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.embedim.core.ImEngine;
import io.embedim.core.ImError;
import io.embedim.spi.hook.Authenticator;
import io.embedim.wire.Operation;
import io.embedim.wire.Operations;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The schemas themselves: that they are schemas, that they bite, and that they leave nothing out.
 */
class SchemasTest {

  /** Where a reader of the documentation begins; all others are referred to. */
  private static final Set<String> ENTRANCES =
      Set.of("client-frame", "server-frame", "server-batch", "frame");

  static List<String> names() {
    return Schemas.names();
  }

  static List<String> methods() {
    return operations().stream().map(Operation::method).toList();
  }

  static List<Operation> operations() {
    try (ImEngine engine =
        ImEngine.builder()
            .authenticator(token -> new Authenticator.Result.Rejected("nobody"))
            .build()) {
      return new Operations(engine).all();
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void each_file_is_a_json_schema(String name) {
    assertThat(Schemas.flaws(name)).isEmpty();
    assertThat(Schemas.schema(name).path("title").asText()).isNotBlank();
    assertThat(Schemas.schema(name).has("$id")).as("files are found by their location").isFalse();
  }

  @Test
  void each_file_is_an_entrance_or_referred_to() {
    Set<String> reached = new TreeSet<>();
    Deque<String> next = new ArrayDeque<>(ENTRANCES);
    methods().forEach(method -> next.add("methods/" + method + ".params"));
    methods().forEach(method -> next.add("methods/" + method + ".result"));
    Schemas.names().stream().filter(name -> name.startsWith("http/")).forEach(next::add);
    while (!next.isEmpty()) {
      String name = next.remove();
      if (reached.add(name)) {
        next.addAll(references(name));
      }
    }
    assertThat(reached).containsExactlyElementsOf(new TreeSet<>(Schemas.names()));
  }

  private static List<String> references(String name) {
    List<String> found = new ArrayList<>();
    String folder = name.contains("/") ? name.substring(0, name.lastIndexOf('/') + 1) : "";
    for (JsonNode reference : Schemas.schema(name).findValues("$ref")) {
      String path = reference.asText().replaceFirst("#.*", "");
      if (!path.isEmpty()) {
        String target = Path.of(folder + path).normalize().toString();
        found.add(target.replace('\\', '/').replace(".schema.json", ""));
      }
    }
    return found;
  }

  @Test
  void each_method_has_its_parameters_its_result_and_its_place_in_a_request() {
    for (String method : methods()) {
      assertThat(Schemas.names()).contains("methods/" + method + ".params");
      assertThat(Schemas.names()).contains("methods/" + method + ".result");
    }
    JsonNode known =
        Schemas.schema("frames/client/request").at("/properties/content/properties/method/enum");
    assertThat(known).extracting(JsonNode::asText).containsExactlyInAnyOrderElementsOf(methods());
  }

  @Test
  void each_error_of_the_engine_is_declared_with_its_number() {
    Set<String> reasons = new HashSet<>();
    for (ImError error : ImError.values()) {
      ObjectNode json = Schemas.JSON.createObjectNode();
      json.put("code", error.code()).put("reason", error.reason()).put("message", "why");
      if (error == ImError.RATE_LIMITED) {
        json.put("retry_after_ms", 1);
      }
      if (error == ImError.INTERNAL) {
        json.put("correlation_id", "c");
      }
      assertThat(Schemas.violations("error", json)).as(error.reason()).isEmpty();
      assertThat(Schemas.violations("error", json.put("code", error.code() + 50))).isNotEmpty();
      reasons.add(error.reason());
    }
    assertThat(Schemas.schema("error").at("/properties/reason/enum"))
        .extracting(JsonNode::asText)
        .containsExactlyInAnyOrderElementsOf(reasons);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':94,'surprise':1}",
        "{'type':95}",
        "{'type':'99','timestamp':1}",
        "{'type':99}",
        "{'type':92,'content':{'reason':'tired'}}",
        "{'type':27,'content':{'user_id':'bob','online':false,'platforms':['web']}}",
        "{'type':20,'message_id':'m','conversation_id':'a:b','timestamp':1,"
            + "'content':{'status':'accepted'}}",
        "{'type':20,'message_id':'m','conversation_id':'a:b','seq':0,'timestamp':1,"
            + "'content':{'status':'accepted'}}",
        "{'type':93,'content':{'code':42901,'reason':'rate_limited','message':'m'}}",
        "{'type':93,'content':{'code':40001,'reason':'invalid_argument','message':'m'}}",
        "{'type':41,'content':{'result':{},'error':{'code':40001,'reason':'malformed_frame',"
            + "'message':'m'}}}",
        "{'type':1,'message_id':'m','from':'a','conversation_id':'a:b','content_type':1,"
            + "'content':{'text':'x'},'timestamp':1,'qos':1}",
        "{'type':1,'message_id':'m','from':'a','conversation_id':'a:b','content_type':1,"
            + "'content':{'text':'x'},'timestamp':1,'qos':0,'seq':1}",
        "{'type':24,'message_id':'m','from':'a','conversation_id':'a:b',"
            + "'content':{'revoked':true},'timestamp':1,'seq':1}",
        "[]"
      })
  void a_wrong_frame_from_the_server_is_noticed(String frame) {
    assertThat(Schemas.violations("server-frame", Schemas.parse(Client.quoted(frame))))
        .isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'type':3}",
        "{'type':1,'to':'system','content':{'text':'x'}}",
        "{'type':1,'to':'bob','content':{'text':' '}}",
        "{'type':1,'content':{'text':'x'}}",
        "{'type':1,'to':'bob','message_id':'a b','content':{'text':'x'}}",
        "{'type':20,'conversation_id':'a:b'}",
        "{'type':40,'content':{'method':'no.such'}}",
        "{'type':40,'content':{'method':'presence.get','params':{'user_ids':[]}}}",
        "{'type':90,'content':{}}"
      })
  void a_wrong_frame_from_a_client_is_noticed(String frame) {
    assertThat(Schemas.violations("client-frame", Schemas.parse(Client.quoted(frame))))
        .isNotEmpty();
  }
}
