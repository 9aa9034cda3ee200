package io.embedim.store.jdbc;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.store.SearchText;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Terms as a full text index takes them: of small letters and digits of ASCII, so that no server's
 * tokenizer, collation or list of stop words has a say; 9 to 40 long.
 *
 * <p>A token begins with the bucket of the message, which stands for a part of a conversation. So
 * what is looked up is no longer than that part, however common a word is elsewhere.
 *
 * <p>Whatever matches has these tokens; that the reverse does not hold (words are cut, runs fall
 * into pairs, buckets may coincide) is why each candidate is checked again.
 */
final class SearchTokens {

  static final int MIN_LENGTH = 9;
  static final int MAX_LENGTH = 40;

  private static final int RADIX = 36;
  private static final int BUCKET_LENGTH = 7;
  private static final int CHARACTER_LENGTH = 4;
  private static final int MAX_WORD_LENGTH = MAX_LENGTH - BUCKET_LENGTH - 1;

  /** More would make a search slower, not more exact. */
  private static final int MOST_IN_QUERY = 8;

  private static final char WORD = 'w';
  private static final char PAIR = 'p';

  private SearchTokens() {}

  /** All tokens of a message, with spaces between them; empty when it says nothing. */
  static String of(EntryPlace place, String plainText) {
    String bucket = bucket(place.conversationId(), place.seq());
    StringBuilder tokens = new StringBuilder();
    for (String token : tokens(SearchText.of(plainText), true)) {
      tokens.append(tokens.isEmpty() ? "" : " ").append(bucket).append(token);
    }
    return tokens.toString();
  }

  /**
   * What the tokens of a match begin with, behind the bucket: the longest, which are the rarest.
   */
  static List<String> wanted(SearchText query) {
    return tokens(query, false).stream()
        .sorted(Comparator.comparingInt(String::length).reversed())
        .limit(MOST_IN_QUERY)
        .toList();
  }

  /** What the tokens of an entry begin with; the same for all entries of a {@link Segment}. */
  static String bucket(ConversationId id, long seq) {
    int hash = (id.value() + '/' + Segment.number(seq)).hashCode();
    return padded(Integer.toUnsignedString(hash, RADIX), BUCKET_LENGTH);
  }

  /**
   * @param withEnds whether the last character of each run is a token too, so that a query of one
   *     character finds it, which is otherwise the beginning of a pair
   */
  private static Set<String> tokens(SearchText text, boolean withEnds) {
    Set<String> tokens = new LinkedHashSet<>();
    for (String word : text.words()) {
      tokens.add(WORD + encoded(word));
    }
    for (String run : text.runs()) {
      int[] characters = run.codePoints().toArray();
      for (int i = 0; i + 1 < characters.length; i++) {
        tokens.add(PAIR + encoded(characters[i]) + encoded(characters[i + 1]));
      }
      if (withEnds || characters.length == 1) {
        tokens.add(PAIR + encoded(characters[characters.length - 1]));
      }
    }
    return tokens;
  }

  /** Keeps what a word begins with: the beginning of a word becomes that of its token. */
  private static String encoded(String word) {
    StringBuilder token = new StringBuilder();
    word.codePoints()
        .takeWhile(character -> token.length() < MAX_WORD_LENGTH)
        .forEach(
            character -> {
              if (isPlain(character)) {
                token.appendCodePoint(character);
              } else {
                token.append('x').append(encoded(character));
              }
            });
    return token.substring(0, Math.min(token.length(), MAX_WORD_LENGTH));
  }

  /** The letter x says that another character follows. */
  private static boolean isPlain(int character) {
    return (character >= 'a' && character <= 'z' && character != 'x')
        || (character >= '0' && character <= '9');
  }

  private static String encoded(int character) {
    return padded(Integer.toString(character, RADIX), CHARACTER_LENGTH);
  }

  private static String padded(String digits, int length) {
    return "0".repeat(length - digits.length()) + digits;
  }
}
