package io.embedim.testkit;

import io.embedim.spi.model.Content;
import io.embedim.spi.model.ContentType;

/** Contents of text messages. */
public final class Texts {

  private Texts() {}

  /** A text as a client would send it: {@code {"text":"…"}}, with the text for search and push. */
  public static Content content(String text) {
    return new Content(ContentType.TEXT, "{\"text\":\"" + escaped(text) + "\"}", text);
  }

  private static String escaped(String text) {
    StringBuilder json = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    return json.toString();
  }
}
