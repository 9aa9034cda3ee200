package io.embedim.core.internal;

import io.embedim.core.ImError;
import io.embedim.core.ImException;
import org.jspecify.annotations.Nullable;

/** Checks text that comes from outside. */
public final class TextCheck {

  private TextCheck() {}

  /**
   * The length of a text in bytes of UTF-8.
   *
   * @param name what the text is, for people
   * @throws ImException {@code invalid_argument} for what not every database can keep, and no wire
   *     can carry
   */
  public static int utf8Length(String name, String text) {
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        throw invalid(name + " has a character U+0000");
      }
      if (Character.isSurrogate(c)) {
        if (i + 1 == text.length() || !Character.isSurrogatePair(c, text.charAt(i + 1))) {
          throw invalid(name + " has half of a character, at " + i);
        }
        i++;
        bytes += 4;
      } else {
        bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
      }
    }
    return bytes;
  }

  /**
   * Checks a text that may be absent.
   *
   * @param max how many characters (code points) at most
   * @throws ImException {@code invalid_argument}
   */
  public static void atMost(String name, int max, @Nullable String text) {
    if (text != null) {
      utf8Length(name, text);
      int length = text.codePointCount(0, text.length());
      if (length > max) {
        throw invalid(name + " has " + length + " characters, expected at most " + max);
      }
    }
  }

  /**
   * Checks a name that people see: it has something to see, and no line breaks or other control
   * characters.
   *
   * @throws ImException {@code invalid_argument}
   */
  public static void name(String name, int max, String text) {
    atMost(name, max, text);
    if (text.isBlank() || text.chars().anyMatch(Character::isISOControl)) {
      throw invalid(name + " is empty or has control characters");
    }
  }

  private static ImException invalid(String message) {
    return new ImException(ImError.INVALID_ARGUMENT, message);
  }
}
