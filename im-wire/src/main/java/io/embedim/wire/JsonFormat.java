package io.embedim.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.embedim.core.ImSettings;
import io.embedim.core.SendResult;
import io.embedim.core.session.Encoded;
import io.embedim.core.session.ServerFrame;
import io.embedim.core.session.WireFormat;
import io.embedim.spi.cluster.SessionInfo;
import io.embedim.spi.model.ConversationId;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Frames as JSON text, {@code im.v1.json}. There is one instance, so that all sessions of all
 * transports share what was encoded once. Contents are written as they came in: they were checked
 * when they were accepted.
 */
public final class JsonFormat implements WireFormat {

  /** The one instance. */
  public static final JsonFormat V1 = new JsonFormat();

  /** The name of this format among WebSocket subprotocols. */
  public static final String SUBPROTOCOL = "im.v1.json";

  private JsonFormat() {}

  @Override
  public Encoded encode(ServerFrame frame) {
    return encoded(JsonText.of(json -> write(json, frame)));
  }

  /** Encodes an answer to one of the client's own frames. */
  public Encoded encode(Answer answer) {
    return encoded(JsonText.of(json -> write(json, answer)));
  }

  @Override
  public Encoded join(List<Encoded> frames) {
    int bytes = 1 + frames.size();
    int chars = bytes;
    for (Encoded frame : frames) {
      bytes += frame.bytes();
      chars += text(frame).length();
    }
    StringBuilder joined = new StringBuilder(chars);
    char separator = '[';
    for (Encoded frame : frames) {
      joined.append(separator).append(text(frame));
      separator = ',';
    }
    return new Encoded.Text(joined.append(']').toString(), bytes);
  }

  private static String text(Encoded frame) {
    if (frame instanceof Encoded.Text text) {
      return text.text();
    }
    throw new IllegalArgumentException("a binary frame was given to the text format");
  }

  private static Encoded encoded(String text) {
    return new Encoded.Text(text, Utf8.length(text));
  }

  private static void write(JsonGenerator json, ServerFrame frame) throws IOException {
    if (frame instanceof ServerFrame.Logged logged) {
      EntryJson.write(json, logged.entry());
    } else if (frame instanceof ServerFrame.Transient passing) {
      EntryJson.write(json, passing.draft(), passing.timestamp());
    } else if (frame instanceof ServerFrame.Read read) {
      begin(json, FrameType.READ_RECEIPT, null);
      json.writeStringField("from", read.userId());
      json.writeStringField("conversation_id", read.conversationId().value());
      json.writeObjectFieldStart("content");
      json.writeNumberField("last_read_seq", read.lastReadSeq());
      end(json);
    } else if (frame instanceof ServerFrame.Typing typing) {
      begin(json, FrameType.TYPING, null);
      json.writeStringField("from", typing.userId());
      json.writeStringField("conversation_id", typing.conversationId().value());
      json.writeEndObject();
    } else if (frame instanceof ServerFrame.JoinRequested asked) {
      begin(json, FrameType.GROUP_JOIN_REQUEST, null);
      json.writeObjectFieldStart("content");
      GroupJson.writeFields(json, asked.request());
      end(json);
    } else if (frame instanceof ServerFrame.PresenceChanged changed) {
      begin(json, FrameType.PRESENCE, null);
      json.writeFieldName("content");
      ViewJson.write(json, changed.presence());
      json.writeEndObject();
    } else if (frame instanceof ServerFrame.ConversationChanged changed) {
      write(json, changed);
    } else if (frame instanceof ServerFrame.MessagesDeleted deleted) {
      update(json, deleted.conversationId());
      ResultJson.writeSeqs(json, "deleted_seqs", deleted.seqs());
      end(json);
    } else if (frame instanceof ServerFrame.BlockChanged changed) {
      update(json, changed.conversationId());
      json.writeBooleanField("blocked", changed.blocked());
      end(json);
    } else if (frame instanceof ServerFrame.SyncRequired) {
      begin(json, FrameType.SYNC_REQUIRED, null);
      json.writeEndObject();
    } else if (frame instanceof ServerFrame.Kicked kicked) {
      begin(json, FrameType.KICKED, null);
      json.writeObjectFieldStart("content");
      json.writeStringField("reason", kicked.reason().name().toLowerCase(Locale.ROOT));
      end(json);
    }
  }

  private static void write(JsonGenerator json, ServerFrame.ConversationChanged changed)
      throws IOException {
    update(json, changed.conversationId());
    if (changed.pinned() != null) {
      json.writeBooleanField("pinned", changed.pinned());
    }
    if (changed.muted() != null) {
      json.writeBooleanField("muted", changed.muted());
    }
    if (changed.draft() != null) {
      json.writeStringField("draft", changed.draft());
    }
    if (changed.hidden() != null) {
      json.writeBooleanField("hidden", changed.hidden());
    }
    if (changed.clearedSeq() != null) {
      json.writeNumberField("cleared_seq", changed.clearedSeq());
    }
    if (changed.peerReceivedSeq() != null) {
      json.writeNumberField("peer_received_seq", changed.peerReceivedSeq());
    }
    end(json);
  }

  private static void write(JsonGenerator json, Answer answer) throws IOException {
    if (answer instanceof Answer.Accepted accepted) {
      SendResult result = accepted.result();
      begin(json, FrameType.ACK, result.messageId());
      json.writeStringField("conversation_id", result.conversationId().value());
      json.writeObjectFieldStart("content");
      json.writeStringField("status", ResultJson.status(result));
      json.writeEndObject();
      json.writeNumberField("timestamp", result.timestamp());
      json.writeNumberField("seq", result.seq());
      json.writeEndObject();
    } else if (answer instanceof Answer.Refused refused) {
      begin(json, FrameType.ERROR, refused.messageId());
      json.writeFieldName("content");
      write(json, refused.error());
      json.writeEndObject();
    } else if (answer instanceof Answer.Done done) {
      begin(json, FrameType.RESPONSE, done.messageId());
      json.writeObjectFieldStart("content");
      json.writeFieldName("result");
      json.writeRawValue(done.result());
      end(json);
    } else if (answer instanceof Answer.NotDone notDone) {
      begin(json, FrameType.RESPONSE, notDone.messageId());
      json.writeObjectFieldStart("content");
      json.writeFieldName("error");
      write(json, notDone.error());
      end(json);
    } else if (answer instanceof Answer.Welcome welcome) {
      write(json, welcome);
    } else if (answer instanceof Answer.Heartbeat heartbeat) {
      begin(json, FrameType.HEARTBEAT, heartbeat.messageId());
      json.writeNumberField("timestamp", heartbeat.now());
      json.writeEndObject();
    }
  }

  private static void write(JsonGenerator json, WireError error) throws IOException {
    json.writeStartObject();
    json.writeNumberField("code", error.error().code());
    json.writeStringField("reason", error.error().reason());
    json.writeStringField("message", error.message());
    if (error.retryAfterMillis() > 0) {
      json.writeNumberField("retry_after_ms", error.retryAfterMillis());
    }
    if (error.correlationId() != null) {
      json.writeStringField("correlation_id", error.correlationId());
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Answer.Welcome welcome) throws IOException {
    SessionInfo session = welcome.session();
    ImSettings settings = welcome.settings();
    begin(json, FrameType.WELCOME, null);
    json.writeObjectFieldStart("content");
    json.writeStringField("user_id", session.userId());
    json.writeStringField("session_id", session.sessionId());
    json.writeStringField("node_id", session.nodeId());
    json.writeStringField("device_id", session.deviceId());
    json.writeNumberField("heartbeat_seconds", Math.max(1, settings.heartbeat().toSeconds()));
    json.writeNumberField("server_time", welcome.now());
    json.writeObjectFieldStart("limits");
    json.writeNumberField("max_frame_bytes", settings.maxFrameBytes());
    json.writeNumberField("max_content_bytes", settings.maxContentBytes());
    json.writeNumberField("messages_per_second", settings.messagesPerSecond());
    json.writeNumberField("messages_burst", settings.messagesBurst());
    json.writeNumberField("history_page", settings.historyPage());
    json.writeNumberField("sync_page", settings.syncPage());
    json.writeEndObject();
    end(json);
  }

  private static void begin(JsonGenerator json, int type, @Nullable String messageId)
      throws IOException {
    json.writeStartObject();
    json.writeNumberField("type", type);
    if (messageId != null) {
      json.writeStringField("message_id", messageId);
    }
  }

  /** Begins what is told of one of the user's own conversations. */
  private static void update(JsonGenerator json, ConversationId id) throws IOException {
    begin(json, FrameType.CONVERSATION_UPDATE, null);
    json.writeStringField("conversation_id", id.value());
    json.writeObjectFieldStart("content");
  }

  /** Closes the content and the envelope. */
  private static void end(JsonGenerator json) throws IOException {
    json.writeEndObject();
    json.writeEndObject();
  }
}
