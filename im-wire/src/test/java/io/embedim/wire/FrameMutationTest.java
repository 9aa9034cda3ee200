package io.embedim.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.core.ImError;
import io.embedim.core.ImSettings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Valid frames, broken in a million random ways, and never an exception. */
class FrameMutationTest {

  private static final int MUTATIONS = 1_000_000;

  private static final List<String> FRAMES =
      List.of(
          "{\"type\":1,\"message_id\":\"m1\",\"to\":\"bob\",\"content\":{\"text\":\"hi 😀"
              + " \\u00e9\"}}",
          "{\"type\":1,\"message_id\":\"m1\",\"conversation_id\":\"alice:bob\",\"content_type\":8,"
              + "\"content\":{\"a\":[1,2.50,-3e7,true,null,{\"b\":\"c\"}]},\"client_timestamp\":17,"
              + "\"qos\":0,\"reply_to\":\"m0\",\"mentions\":[\"bob\",\"carol\"],"
              + "\"forwarded_from\":{\"message_id\":\"x\"},\"expires_in\":60}",
          "{\"type\":2,\"message_id\":\"m1\",\"to\":\"team\",\"conversation_id\":\"group:team\","
              + "\"content\":{\"text\":\"hi\"},\"mentions\":[\"*\"]}",
          "{\"type\":20,\"conversation_id\":\"alice:bob\",\"content\":{\"seq\":7}}",
          "{\"type\":20,\"conversation_id\":\"alice:bob\",\"message_id\":\"m1\"}",
          "{\"type\":21,\"conversation_id\":\"alice:bob\",\"content\":{\"last_read_seq\":7}}",
          "{\"type\":22,\"message_id\":\"c1\",\"conversation_id\":\"alice:bob\","
              + "\"content\":{\"target_message_id\":\"m1\"}}",
          "{\"type\":23,\"to\":\"bob\"}",
          "{\"type\":24,\"message_id\":\"c1\",\"conversation_id\":\"group:g\",\"content_type\":1,"
              + "\"content\":{\"target_message_id\":\"m1\",\"content\":{\"text\":\"é\"}}}",
          "{\"type\":25,\"conversation_id\":\"alice:bob\",\"content\":"
              + "{\"target_message_id\":\"m1\",\"emoji\":\"👍\",\"op\":\"add\"}}",
          "{\"type\":26,\"conversation_id\":\"alice:bob\",\"content\":"
              + "{\"target_message_id\":\"m1\",\"op\":\"remove\"}}",
          "{\"type\":40,\"message_id\":\"r1\",\"content\":{\"method\":\"sync\",\"params\":"
              + "{\"cursors\":{\"alice:bob\":7,\"group:g\":1},\"limit\":50,\"updated_after\":1}}}",
          "{\"type\":90,\"content\":{\"token\":\"t.t.t\",\"device_id\":\"d1\",\"platform\":\"web\","
              + "\"batch\":true}}",
          "{\"type\":99,\"message_id\":\"h1\"}");

  private static final List<String> TOKENS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"",
          "\\",
          "null",
          "true",
          "NaN",
          "-",
          "1e999",
          "-0.0",
          "9223372036854775808",
          "\\ud800",
          "\\u0000",
          "\u0000",
          "\ud800",
          "\udc00",
          "'",
          "/*",
          "//",
          " ",
          "\"type\":1,",
          "\"message_id\":\"m2\",",
          "{}",
          "[]",
          "\"\"",
          "\ufeff",
          "\u2028");

  private static final Pattern TOKEN =
      Pattern.compile("\"[^\"]*\"|-?[0-9][0-9.eE+-]*|true|false|null|[{}\\[\\],:]");

  private static final List<List<String>> TOKENIZED =
      FRAMES.stream()
          .map(frame -> TOKEN.matcher(frame).results().map(MatchResult::group).toList())
          .toList();

  private final FrameDecoder decoder = new FrameDecoder(ImSettings.defaults());

  @Test
  void a_million_broken_frames_are_decoded_or_refused_and_nothing_is_thrown() {
    long seed = Long.getLong("embedim.seed", System.nanoTime());
    System.out.println("FrameMutationTest: -Dembedim.seed=" + seed + " repeats this run");
    SplittableRandom random = new SplittableRandom(seed);
    Map<ImError, Integer> refusals = new EnumMap<>(ImError.class);
    int decoded = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      String frame = mutate(TOKENIZED.get(random.nextInt(TOKENIZED.size())), random);
      ClientFrame result;
      try {
        result = decoder.decode(frame);
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("seed " + seed + ", mutation " + i + ": " + frame, e);
      }
      if (result instanceof ClientFrame.Invalid invalid) {
        assertThat(invalid.problem()).isNotBlank();
        refusals.merge(invalid.error(), 1, Integer::sum);
      } else {
        decoded++;
      }
    }
    System.out.println("  decoded " + decoded + ", refused " + refusals);
    // The mutations have to reach every way out, or they are no test.
    assertThat(decoded).isPositive();
    assertThat(refusals)
        .containsOnlyKeys(
            ImError.MALFORMED_FRAME,
            ImError.UNKNOWN_TYPE,
            ImError.INVALID_ARGUMENT,
            ImError.CONTENT_TOO_LARGE);
  }

  private static String mutate(List<String> frame, SplittableRandom random) {
    List<String> tokens = new ArrayList<>(frame);
    for (int rounds = random.nextInt(3); rounds > 0; rounds--) {
      mutateTokens(tokens, random);
    }
    String text = String.join("", tokens);
    return switch (random.nextInt(16)) {
      case 0 -> flipBit(text, random);
      case 1 -> text.substring(0, random.nextInt(text.length() + 1));
      case 2 -> insert(text, random, String.valueOf((char) random.nextInt(0x10000)));
      case 3 -> insert(text, random, TOKENS.get(random.nextInt(TOKENS.size())));
      default -> text;
    };
  }

  private static void mutateTokens(List<String> tokens, SplittableRandom random) {
    int at = random.nextInt(tokens.size());
    switch (random.nextInt(10)) {
      case 0 ->
          tokens.addAll(
              at, List.copyOf(tokens.subList(at, at + 1 + random.nextInt(tokens.size() - at))));
      case 1 -> tokens.add(at, TOKENS.get(random.nextInt(TOKENS.size())));
      case 2 -> tokens.set(at, tokens.get(random.nextInt(tokens.size())));
      default -> {
        // A value in place of a value mostly leaves it JSON, which is where the decoder has to
        // think.
        for (int i = at; i < tokens.size(); i++) {
          if (tokens.get(i).equals(":") && i + 1 < tokens.size()) {
            tokens.set(i + 1, value(random));
            return;
          }
        }
      }
    }
  }

  private static String value(SplittableRandom random) {
    if (random.nextInt(100) == 0) {
      // About as large as a content may be: half of them are larger.
      return "{\"text\":\"" + "x".repeat(16_273 + random.nextInt(200)) + "\"}";
    }
    return switch (random.nextInt(4)) {
      case 0 -> nested(random);
      case 1 -> number(random);
      case 2 -> TOKENS.get(random.nextInt(TOKENS.size()));
      default -> text(random);
    };
  }

  private static String flipBit(String frame, SplittableRandom random) {
    byte[] bytes = frame.getBytes(StandardCharsets.UTF_8);
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static String insert(String frame, SplittableRandom random, String piece) {
    int at = random.nextInt(frame.length() + 1);
    return frame.substring(0, at) + piece + frame.substring(at);
  }

  private static String nested(SplittableRandom random) {
    int depth = 1 + random.nextInt(40);
    return random.nextBoolean()
        ? "[".repeat(depth) + "]".repeat(depth)
        : "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
  }

  private static String number(SplittableRandom random) {
    return switch (random.nextInt(5)) {
      case 0 -> String.valueOf(random.nextLong());
      case 1 -> "1".repeat(1 + random.nextInt(150));
      case 2 -> random.nextInt(100) + "e" + random.nextInt(-400, 400);
      case 3 -> String.valueOf(random.nextDouble());
      default -> String.valueOf(random.nextInt(-2, 101));
    };
  }

  private static String text(SplittableRandom random) {
    int length = random.nextInt(40);
    StringBuilder text = new StringBuilder(length + 2).append('"');
    for (int i = 0; i < length; i++) {
      text.append((char) (random.nextInt(20) == 0 ? random.nextInt(0x10000) : 'a' + i % 26));
    }
    return text.append('"').toString();
  }
}
