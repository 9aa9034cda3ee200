package io.embedim.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.embedim.core.SendResult;
import io.embedim.spi.model.LogEntry;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Writes what operations on messages give back. */
final class ResultJson {

  private ResultJson() {}

  static void write(JsonGenerator json, SendResult result) throws IOException {
    json.writeStartObject();
    json.writeStringField("message_id", result.messageId());
    json.writeStringField("conversation_id", result.conversationId().value());
    if (result.seq() > 0) {
      json.writeNumberField("seq", result.seq());
    }
    json.writeNumberField("timestamp", result.timestamp());
    json.writeStringField("status", status(result));
    json.writeEndObject();
  }

  static String status(SendResult result) {
    return result.duplicate() ? "duplicate" : "accepted";
  }

  static void writeEntries(JsonGenerator json, List<LogEntry> entries) throws IOException {
    json.writeArrayFieldStart("messages");
    for (LogEntry entry : entries) {
      EntryJson.write(json, entry);
    }
    json.writeEndArray();
  }

  /** Writes sequence numbers in ascending order. */
  static void writeSeqs(JsonGenerator json, String name, Set<Long> seqs) throws IOException {
    json.writeArrayFieldStart(name);
    for (long seq : new TreeSet<>(seqs)) {
      json.writeNumber(seq);
    }
    json.writeEndArray();
  }

  /** Writes where the next page begins; nothing when there is none. */
  static void writeNextPage(JsonGenerator json, @Nullable String token) throws IOException {
    if (token != null) {
      json.writeStringField("next_page_token", token);
    }
  }

  /** Writes the result of what is simply done. */
  static void writeNothing(JsonGenerator json, Object done, Invocation invocation)
      throws IOException {
    json.writeStartObject();
    json.writeEndObject();
  }
}
