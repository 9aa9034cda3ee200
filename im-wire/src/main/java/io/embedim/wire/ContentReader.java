package io.embedim.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.spi.model.Content;
import io.embedim.spi.model.ContentType;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Reads what a message says: when it is sent, and when it is edited. */
final class ContentReader {

  private final JsonFactory factory;
  private final int maxBytes;

  ContentReader(JsonFactory factory, int maxBytes) {
    this.factory = factory;
    this.maxBytes = maxBytes;
  }

  /**
   * The content in the field {@code content} of an object.
   *
   * @param object JSON that was read before
   * @param contentType null for that of a text
   * @param name what the field is called in a refusal
   * @throws ImException with {@code invalid_argument} or {@code content_too_large}
   */
  Content in(String object, @Nullable Long contentType, String name) {
    Envelope envelope = new Envelope();
    envelope.contentType = contentType;
    try (JsonParser json = factory.createParser(object)) {
      envelope.readContent(json, name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (envelope.error != null) {
      throw new ImException(envelope.error, envelope.problem);
    }
    return of(envelope, name);
  }

  /**
   * The content of a message.
   *
   * @param name what it is called in a refusal
   * @throws ImException with {@code invalid_argument} or {@code content_too_large}
   */
  Content of(Envelope envelope, String name) {
    long code = envelope.contentType == null ? ContentType.TEXT.code() : envelope.contentType;
    if (code < ContentType.TEXT.code() || code > ContentType.CUSTOM.code()) {
      throw Parameters.invalid("content_type is " + code + ", expected 1 to 8");
    }
    ContentType type = ContentType.ofCode((int) code);
    String body = envelope.content;
    if (body == null) {
      throw Parameters.invalid(name + " is missing, expected an object");
    }
    int bytes = Utf8.length(body);
    if (bytes > maxBytes) {
      throw new ImException(
          ImError.CONTENT_TOO_LARGE,
          name + " has " + bytes + " bytes, expected at most " + maxBytes);
    }
    if (type != ContentType.TEXT) {
      return new Content(type, body, "");
    }
    String text = envelope.contentText;
    if (text == null || text.isBlank()) {
      throw Parameters.invalid(
          name
              + (text == null
                  ? ".text is missing or no string, expected the text of the message"
                  : ".text is blank, expected the text of the message"));
    }
    return new Content(type, body, text);
  }
}
