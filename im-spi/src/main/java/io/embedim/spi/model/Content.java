package io.embedim.spi.model;

/**
 * The payload of an entry. It travels opaque: whoever accepts it at the edge encodes it once, and
 * neither the engine nor a store parses it again.
 *
 * @param type what the payload is
 * @param body a JSON object, as it will stand in the {@code content} field of the wire; the engine
 *     accepts at most 16 KiB of UTF-8
 * @param plainText what search and push see of it; empty when there is nothing to see. Not longer
 *     than {@code body}
 */
public record Content(ContentType type, String body, String plainText) {

  /** What remains of a revoked message, whatever it was before. */
  public static final Content REVOKED = new Content(ContentType.TEXT, "{\"revoked\":true}", "");

  /** A text as a client would send it: {@code {"text":"…"}}, with the text for search and push. */
  public static Content text(String text) {
    StringBuilder body = new StringBuilder(text.length() + 16).append("{\"text\":\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        body.append('\\').append(c);
      } else if (c < ' ') {
        body.append(String.format("\\u%04x", (int) c));
      } else {
        body.append(c);
      }
    }
    return new Content(ContentType.TEXT, body.append("\"}").toString(), text);
  }
}
