package io.embedim.wire;

/** The size of a text in UTF-8, without encoding it. */
final class Utf8 {

  private Utf8() {}

  /** How many bytes {@code text} takes; a lone surrogate counts as its replacement would. */
  static int length(String text) {
    int chars = text.length();
    int bytes = chars;
    for (int i = 0; i < chars; i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        continue;
      }
      if (c < 0x800) {
        bytes++;
      } else if (Character.isHighSurrogate(c)
          && i + 1 < chars
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        bytes += 2;
        i++;
      } else {
        bytes += 2;
      }
    }
    return bytes;
  }
}
