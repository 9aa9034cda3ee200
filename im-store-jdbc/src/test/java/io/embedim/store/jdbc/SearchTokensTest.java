package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.TestDrafts.ALICE_BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.store.SearchText;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SearchTokensTest {

  private static final int[] ALPHABET = "abxyz019éß 手机壳\uD842\uDFB7かสีع한-".codePoints().toArray();

  @Test
  void a_message_without_a_word_has_no_tokens() {
    assertThat(SearchTokens.of(new EntryPlace(ALICE_BOB, 1), "… 👍")).isEmpty();
  }

  @Test
  void tokens_suit_every_tokenizer() {
    String text = "I said: naïve ΟΔΟΣ 手机壳 𠮷 x 10 " + "w".repeat(500) + " " + "é".repeat(500);

    assertThat(tokens(ALICE_BOB, 1, text))
        .hasSizeGreaterThan(8)
        .allSatisfy(token -> assertThat(token).matches("[a-z0-9]{9,40}"));
    assertThat(SearchTokens.MIN_LENGTH).isEqualTo(9);
    assertThat(SearchTokens.MAX_LENGTH).isEqualTo(40);
  }

  @Test
  void the_same_word_has_another_token_in_another_conversation_and_in_another_part_of_one() {
    String here = SearchTokens.of(new EntryPlace(ALICE_BOB, 1), "word");

    assertThat(SearchTokens.of(new EntryPlace(ALICE_BOB, 1_023), "word")).isEqualTo(here);
    assertThat(SearchTokens.of(new EntryPlace(ALICE_BOB, 1_024), "word")).isNotEqualTo(here);
    assertThat(SearchTokens.of(new EntryPlace(ConversationId.direct("alice", "carol"), 1), "word"))
        .isNotEqualTo(here);
  }

  @Test
  void no_query_wants_more_than_the_eight_longest() {
    String words =
        IntStream.rangeClosed(1, 16).mapToObj("w"::repeat).collect(Collectors.joining(" "));

    assertThat(SearchTokens.wanted(SearchText.of(words)))
        .hasSize(8)
        .allSatisfy(token -> assertThat(token.length()).isGreaterThan(9));
  }

  /** Were it otherwise, the index would keep a result from being found. */
  @Test
  void whatever_a_query_finds_has_tokens_that_begin_with_those_that_it_wants() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    int found = 0;
    for (int i = 0; i < 20_000; i++) {
      String message = text(random, 60);
      String query = text(random, 5);
      SearchText wanted = SearchText.of(query);
      if (SearchText.of(message).isFoundBy(wanted)) {
        found++;
        List<String> tokens = tokens(ALICE_BOB, 7, message);
        assertThat(SearchTokens.wanted(wanted))
            .as("seed %s, message %s, query %s", seed, message, query)
            .isNotEmpty()
            .allSatisfy(
                token ->
                    assertThat(tokens)
                        .anyMatch(t -> t.startsWith(SearchTokens.bucket(ALICE_BOB, 7) + token)));
      }
    }
    assertThat(found).isGreaterThan(500);
  }

  private static String text(Random random, int longest) {
    int[] characters =
        IntStream.range(0, 1 + random.nextInt(longest))
            .map(i -> ALPHABET[random.nextInt(ALPHABET.length)])
            .toArray();
    return new String(characters, 0, characters.length);
  }

  private static List<String> tokens(ConversationId id, long seq, String text) {
    return Arrays.asList(SearchTokens.of(new EntryPlace(id, seq), text).split(" ", -1));
  }
}
