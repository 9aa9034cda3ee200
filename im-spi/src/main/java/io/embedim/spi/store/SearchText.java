package io.embedim.spi.store;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Text as search sees it, that of a message and that of a query alike, and on every backend: what
 * is found does not depend on the database.
 *
 * <p>The text becomes compatible in the sense of Unicode (NFKC: full-width letters, ligatures and
 * circled digits are plain ones) and loses its case in a way that is the same in all languages:
 * {@code ß} is {@code ss}, and the four letters i of Turkish are one. Marks are kept: {@code e} is
 * not {@code é}. Then it falls into terms of two kinds. <em>Words</em> are made of the letters,
 * digits and marks of scripts that put spaces between words. <em>Runs</em> are made of those of
 * scripts in which a reader finds the words by herself: Chinese, Japanese, Thai, Lao, Khmer and
 * Burmese; and Korean, which has spaces, but between them compounds whose parts people look for.
 * Everything else, emoji too, is no part of any term; invisible characters are as if they were not
 * there.
 *
 * <p>Immutable.
 */
public final class SearchText {

  /** How many terms a query may have. */
  public static final int MAX_TERMS = 16;

  private static final int ZERO_WIDTH_SPACE = 0x200B;
  private static final int LONG_VOWEL = 0x30FC;

  private static final Set<UnicodeScript> WITHOUT_SPACES =
      Set.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.BOPOMOFO,
          UnicodeScript.HANGUL,
          UnicodeScript.THAI,
          UnicodeScript.LAO,
          UnicodeScript.KHMER,
          UnicodeScript.MYANMAR);

  private enum Kind {
    WORD,
    RUN,
    /** Belongs to the term before it. */
    MARK,
    INVISIBLE,
    SEPARATOR
  }

  private final List<String> words;
  private final List<String> runs;

  private SearchText(Set<String> words, Set<String> runs) {
    this.words = List.copyOf(words);
    this.runs = List.copyOf(runs);
  }

  /** What search sees of a text of any length. */
  public static SearchText of(String text) {
    Set<String> words = new LinkedHashSet<>();
    Set<String> runs = new LinkedHashSet<>();
    StringBuilder term = new StringBuilder();
    Kind open = Kind.SEPARATOR;
    int[] codePoints = folded(text).codePoints().toArray();
    for (int codePoint : codePoints) {
      Kind kind = kind(codePoint);
      if (kind == Kind.INVISIBLE) {
        continue;
      }
      if (kind == Kind.MARK) {
        kind = open;
      }
      if (kind != open) {
        end(open, term, words, runs);
        open = kind;
      }
      if (kind != Kind.SEPARATOR) {
        term.appendCodePoint(codePoint);
      }
    }
    end(open, term, words, runs);
    return new SearchText(words, runs);
  }

  /** The words, each once. */
  public List<String> words() {
    return words;
  }

  /** The runs, each once. */
  public List<String> runs() {
    return runs;
  }

  /** Whether there is nothing to be found in it, or to look for. */
  public boolean isEmpty() {
    return words.isEmpty() && runs.isEmpty();
  }

  /** Whether it can be looked for: it has from one to {@link #MAX_TERMS} terms. */
  public boolean isQuery() {
    return !isEmpty() && words.size() + runs.size() <= MAX_TERMS;
  }

  /**
   * Whether a message that says this is found by a query: each word of the query is the beginning
   * of one of these words, and each run of the query is a part of one of these runs. A query
   * without terms finds nothing.
   */
  public boolean isFoundBy(SearchText query) {
    return !query.isEmpty()
        && query.words.stream().allMatch(part -> words.stream().anyMatch(w -> w.startsWith(part)))
        && query.runs.stream().allMatch(part -> runs.stream().anyMatch(run -> run.contains(part)));
  }

  private static void end(Kind kind, StringBuilder term, Set<String> words, Set<String> runs) {
    if (kind == Kind.WORD) {
      words.add(term.toString());
    } else if (kind == Kind.RUN) {
      runs.add(term.toString());
    }
    term.setLength(0);
  }

  /**
   * By way of capitals, because some letters are the same in capitals only; each letter by itself,
   * because the Greek sigma is written differently at the end of a word.
   */
  private static String folded(String text) {
    String capitals = compatible(compatible(text).toUpperCase(Locale.ROOT));
    StringBuilder small = new StringBuilder(capitals.length());
    capitals.codePoints().map(Character::toLowerCase).forEach(small::appendCodePoint);
    return compatible(small);
  }

  private static String compatible(CharSequence text) {
    return Normalizer.normalize(text, Form.NFKC);
  }

  private static Kind kind(int codePoint) {
    int type = Character.getType(codePoint);
    if (isVariationSelector(codePoint)
        || (type == Character.FORMAT && codePoint != ZERO_WIDTH_SPACE)) {
      return Kind.INVISIBLE;
    }
    if (type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK) {
      return Kind.MARK;
    }
    if (!Character.isLetterOrDigit(codePoint) && type != Character.LETTER_NUMBER) {
      return Kind.SEPARATOR;
    }
    return codePoint == LONG_VOWEL || WITHOUT_SPACES.contains(UnicodeScript.of(codePoint))
        ? Kind.RUN
        : Kind.WORD;
  }

  /** Says how the character before it is drawn. */
  private static boolean isVariationSelector(int codePoint) {
    return (codePoint >= 0xFE00 && codePoint <= 0xFE0F)
        || (codePoint >= 0xE0100 && codePoint <= 0xE01EF);
  }
}
