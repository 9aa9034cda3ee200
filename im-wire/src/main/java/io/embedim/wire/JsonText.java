package io.embedim.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/**
 * Takes what a generator writes and gives it as one string.
 *
 * <p>Nearly every frame fits into the generator's pooled buffer, so that the string is made from it
 * at once and little else is allocated.
 */
final class JsonText extends Writer {

  private String first = "";
  private @Nullable StringBuilder all;

  /** Writes to a generator; may throw only what the generator throws. */
  @FunctionalInterface
  interface Writing {
    void to(JsonGenerator json) throws IOException;
  }

  /** What {@code writing} wrote. */
  static String of(Writing writing) {
    JsonText text = new JsonText();
    try (JsonGenerator json = text.generator()) {
      writing.to(json);
    } catch (IOException e) {
      // Nothing here does I/O: only a value that is out of balance can end up here, and is a bug.
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** A generator that writes into this text; the text is complete once it is closed. */
  JsonGenerator generator() throws IOException {
    return StrictJson.writer().createGenerator(this);
  }

  @Override
  public void write(char[] chars, int offset, int length) {
    if (all != null) {
      all.append(chars, offset, length);
    } else if (first.isEmpty()) {
      first = new String(chars, offset, length);
    } else {
      all = new StringBuilder(first.length() * 4).append(first).append(chars, offset, length);
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}

  @Override
  public String toString() {
    return all == null ? first : all.toString();
  }
}
