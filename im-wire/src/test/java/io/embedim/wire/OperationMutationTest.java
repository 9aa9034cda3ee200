package io.embedim.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.embedim.core.Caller;
import io.embedim.core.ImEngine;
import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.core.ImSettings;
import io.embedim.spi.hook.Authenticator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Every operation with parameters that are nearly right, and never a fault of the server. */
class OperationMutationTest {

  private static final int CALLS = 20_000;

  private static final List<String> FIELDS =
      List.of(
          "conversation_id",
          "message_id",
          "message_ids",
          "command_id",
          "content",
          "content_type",
          "emoji",
          "op",
          "type",
          "to",
          "target_conversation_id",
          "merge",
          "query",
          "from",
          "before",
          "after",
          "limit",
          "page_token",
          "send_at",
          "schedule_id",
          "user_id",
          "user_ids",
          "group_id",
          "name",
          "member_ids",
          "target_id",
          "target_ids",
          "cursors",
          "after_seq",
          "before_seq",
          "from_seq",
          "to_seq",
          "last_read_seq",
          "draft",
          "pinned",
          "mentions",
          "reply_to",
          "forwarded_from",
          "expires_in",
          "qos",
          "client_timestamp",
          "request_id",
          "duration_seconds",
          "mute_all",
          "is_admin",
          "join_mode",
          "max_members",
          "page",
          "page_size",
          "updated_after",
          "note",
          "nickname",
          "new_owner_id");

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "1",
          "2",
          "8",
          "-1",
          "1.5",
          "1e9",
          "9007199254740992",
          "9223372036854775807",
          "-9223372036854775808",
          "99999999999999999999",
          "\"\"",
          "\" \"",
          "\"a b\"",
          "\"m1\"",
          "\"m2\"",
          "\"bob\"",
          "\"alice\"",
          "\"system\"",
          "\"alice:bob\"",
          "\"bob:alice\"",
          "\"group:x\"",
          "\"alice:system\"",
          "\"add\"",
          "\"remove\"",
          "\"hello\"",
          "\"👍\"",
          "\"a👍\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"1\"",
          "\"-1\"",
          "\"2147483648\"",
          "\"AAAAAAAAAAAAAAAA\"",
          "[]",
          "[\"m1\"]",
          "[\"m1\",\"m2\"]",
          "[\"bob\"]",
          "[7,null,[]]",
          "{}",
          "{\"text\":\"x\"}",
          "{\"text\":\" \"}",
          "{\"alice:bob\":1}",
          "{\"x\":{\"y\":[1]}}",
          "\"" + "x".repeat(300) + "\"",
          "{\"text\":\"" + "x".repeat(17_000) + "\"}");

  private static final Map<String, String> RIGHT =
      Map.ofEntries(
          Map.entry("conversation_id", "\"alice:bob\""),
          Map.entry("message_id", "\"m1\""),
          Map.entry("message_ids", "[\"m1\"]"),
          Map.entry("content", "{\"text\":\"hello\"}"),
          Map.entry("emoji", "\"👍\""),
          Map.entry("op", "\"add\""),
          Map.entry("type", "1"),
          Map.entry("to", "\"bob\""),
          Map.entry("query", "\"hello\""),
          Map.entry("user_id", "\"bob\""),
          Map.entry("user_ids", "[\"bob\"]"),
          Map.entry("from_seq", "1"),
          Map.entry("to_seq", "9"),
          Map.entry("name", "\"Team\""));

  private final ObjectMapper mapper = new ObjectMapper();

  @Test
  void nearly_right_parameters_are_served_or_refused_and_each_answer_is_json()
      throws JsonProcessingException {
    long seed = Long.getLong("embedim.seed", System.nanoTime());
    System.out.println("OperationMutationTest: -Dembedim.seed=" + seed + " repeats this run");
    SplittableRandom random = new SplittableRandom(seed);
    try (ImEngine engine = engine()) {
      FrameDecoder decoder = new FrameDecoder(engine.settings());
      List<Operation> operations = new Operations(engine).all();
      Set<String> served = new HashSet<>();
      Set<String> refused = new HashSet<>();
      for (int i = 0; i < CALLS; i++) {
        Operation operation = operations.get(random.nextInt(operations.size()));
        String json = parameters(random);
        boolean query = operation.verb() == Operation.Verb.GET && random.nextBoolean();
        try {
          Parameters parameters = query ? query(json) : decoder.parameters(json);
          String result =
              operation
                  .call(new Invocation(Caller.user("alice"), null), parameters)
                  .toCompletableFuture()
                  .join();
          assertThat(mapper.readTree(result)).isInstanceOf(ObjectNode.class);
          served.add(operation.method());
        } catch (CompletionException | ImException e) {
          assertThat(WireError.of(e).error())
              .as("seed %d, %s %s", seed, operation, json)
              .isNotIn(ImError.INTERNAL, ImError.UNAVAILABLE);
          refused.add(operation.method());
        }
      }
      // The parameters have to be right and wrong often enough, or this is no test.
      assertThat(served.size()).isGreaterThan(operations.size() / 3);
      assertThat(refused.size()).isGreaterThan(operations.size() * 3 / 4);
    }
  }

  private static ImEngine engine() {
    ImEngine engine =
        ImEngine.builder()
            .authenticator(token -> new Authenticator.Result.Rejected("nobody connects"))
            .settings(
                ImSettings.builder()
                    .messagesPerSecond(1_000_000)
                    .messagesBurst(1_000_000)
                    .messages(rules -> rules.keepsEdits(true))
                    .build())
            .build();
    Operation send = new Operations(engine).find("message.send");
    FrameDecoder decoder = new FrameDecoder(engine.settings());
    for (String id : List.of("m1", "m2")) {
      assertThat(
              send.call(
                      new Invocation(Caller.user("alice"), null),
                      decoder.parameters(
                          "{\"type\":1,\"message_id\":\""
                              + id
                              + "\",\"to\":\"bob\",\"content\":{\"text\":\"hello\"}}"))
                  .toCompletableFuture()
                  .join())
          .contains("accepted");
    }
    return engine;
  }

  /** What is right for most operations, with some of it wrong and some of it missing. */
  private static String parameters(SplittableRandom random) {
    Map<String, String> fields = new HashMap<>(RIGHT);
    if (random.nextBoolean()) {
      fields.put("message_id", "\"n" + random.nextInt(1_000) + "\"");
    }
    for (int changes = random.nextInt(4); changes > 0; changes--) {
      String field = FIELDS.get(random.nextInt(FIELDS.size()));
      if (random.nextInt(4) == 0) {
        fields.remove(field);
      } else {
        fields.put(field, VALUES.get(random.nextInt(VALUES.size())));
      }
    }
    List<String> all = new ArrayList<>();
    fields.forEach((name, value) -> all.add("\"" + name + "\":" + value));
    return "{" + String.join(",", all) + "}";
  }

  /** The same as the query of a URL, which knows only text. */
  private Parameters query(String json) throws JsonProcessingException {
    Map<String, List<String>> query = new HashMap<>();
    for (Map.Entry<String, JsonNode> field : mapper.readTree(json).properties()) {
      List<String> texts = new ArrayList<>();
      if (field.getValue().isArray()) {
        field.getValue().forEach(value -> texts.add(value.asText()));
      } else {
        texts.add(field.getValue().asText());
      }
      query.put(field.getKey(), texts);
    }
    return Parameters.ofQuery(query);
  }
}
