package io.embedim.wire;

/**
 * Which strings may enter: those that every store can keep and every client can read. A JSON escape
 * can smuggle in half a surrogate pair, which is no character at all, and U+0000, which PostgreSQL
 * refuses.
 */
final class CleanText {

  /** Ends a sentence that begins with the name of a field. */
  static final String COMPLAINT =
      " has a character that is not allowed: U+0000 or a lone surrogate";

  private CleanText() {}

  static boolean isClean(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return false;
      }
      if (Character.isSurrogate(c)) {
        boolean paired =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!paired) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}
