package io.embedim.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.EntryState;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.MessageOptions;
import io.embedim.spi.model.Revision;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes log entries as envelopes: the same way live, in history and in sync, so that a client
 * cannot tell how it came by one.
 */
final class EntryJson {

  static final String ADD = "add";
  static final String REMOVE = "remove";

  private EntryJson() {}

  static void write(JsonGenerator json, LogEntry entry) throws IOException {
    json.writeStartObject();
    writeUntilTimestamp(json, entry.draft(), entry.timestamp(), entry.targetSeq());
    json.writeNumberField("qos", 1);
    json.writeNumberField("seq", entry.seq());
    writeOptions(json, entry.draft().options());
    writeState(json, entry.state());
    json.writeEndObject();
  }

  /** Writes a message that is not stored: it has no place in the log and no state. */
  static void write(JsonGenerator json, EntryDraft draft, long timestamp) throws IOException {
    json.writeStartObject();
    writeUntilTimestamp(json, draft, timestamp, 0);
    json.writeNumberField("qos", 0);
    writeOptions(json, draft.options());
    json.writeEndObject();
  }

  /** Writes a message that is not sent yet: what its sender said of it. */
  static void writeUnsent(JsonGenerator json, EntryDraft draft) throws IOException {
    json.writeStartObject();
    writeUntilTimestamp(json, draft, null, 0);
    writeOptions(json, draft.options());
    json.writeEndObject();
  }

  private static void writeUntilTimestamp(
      JsonGenerator json, EntryDraft draft, @Nullable Long timestamp, long targetSeq)
      throws IOException {
    json.writeNumberField("type", draft.type().code());
    json.writeStringField("message_id", draft.messageId());
    json.writeStringField("from", draft.senderId());
    String to = recipient(draft);
    if (to != null) {
      json.writeStringField("to", to);
    }
    json.writeStringField("conversation_id", draft.conversationId().value());
    if (draft.type().kind() == EntryType.Kind.MESSAGE) {
      json.writeNumberField("content_type", draft.content().type().code());
    }
    json.writeFieldName("content");
    if (draft.revision() == null) {
      json.writeRawValue(draft.content().body());
    } else {
      write(json, draft.revision(), targetSeq);
    }
    if (timestamp != null) {
      json.writeNumberField("timestamp", timestamp);
    }
    Long clientTimestamp = draft.options().clientTimestamp();
    if (clientTimestamp != null) {
      json.writeNumberField("client_timestamp", clientTimestamp);
    }
  }

  /**
   * From the revision, because the content of an edit leaves the store when its target is revoked,
   * and a client still has to learn which message it was about.
   */
  private static void write(JsonGenerator json, Revision revision, long targetSeq)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("target_message_id", revision.targetMessageId());
    if (revision instanceof Revision.Edit edit) {
      json.writeFieldName("content");
      json.writeRawValue(edit.replacement().body());
    } else if (revision instanceof Revision.React react) {
      json.writeStringField("emoji", react.emoji());
      json.writeStringField("op", react.added() ? ADD : REMOVE);
    } else if (revision instanceof Revision.Pin pin) {
      json.writeStringField("op", pin.pinned() ? ADD : REMOVE);
    } else if (revision instanceof Revision.Revoke) {
      json.writeNumberField("target_seq", targetSeq);
    }
    json.writeEndObject();
  }

  /** The group, or the other one of the two; null when {@code system} wrote to both of them. */
  private static @Nullable String recipient(EntryDraft draft) {
    ConversationId id = draft.conversationId();
    if (id.isGroup()) {
      return id.groupId();
    }
    List<String> members = id.directMembers();
    return members.contains(draft.senderId()) ? id.peerOf(draft.senderId()) : null;
  }

  private static void writeOptions(JsonGenerator json, MessageOptions options) throws IOException {
    if (options.replyTo() != null) {
      json.writeStringField("reply_to", options.replyTo());
    }
    if (!options.mentions().isEmpty()) {
      writeStrings(json, "mentions", options.mentions());
    }
    if (options.forwardedFrom() != null) {
      json.writeFieldName("forwarded_from");
      json.writeRawValue(options.forwardedFrom());
    }
    if (options.expiresIn() > 0) {
      json.writeNumberField("expires_in", options.expiresIn());
    }
  }

  private static void writeState(JsonGenerator json, EntryState state) throws IOException {
    if (state.revoked()) {
      json.writeBooleanField("revoked", true);
    }
    Long editedAt = state.editedAt();
    if (editedAt != null) {
      json.writeNumberField("edited_at", editedAt);
    }
    if (!state.reactions().isEmpty()) {
      json.writeObjectFieldStart("reactions");
      for (Map.Entry<String, List<String>> reaction : state.reactions().entrySet()) {
        writeStrings(json, reaction.getKey(), reaction.getValue());
      }
      json.writeEndObject();
    }
    if (state.pinned()) {
      json.writeBooleanField("pinned", true);
    }
  }

  private static void writeStrings(JsonGenerator json, String name, List<String> values)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }
}
