package io.embedim.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.embedim.core.PresenceState;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.ConversationSettings;
import io.embedim.spi.model.ConversationView;
import io.embedim.spi.model.Cursors;
import io.embedim.spi.model.Platform;
import java.io.IOException;
import java.util.List;

/** Writes what a user sees of conversations and of other users. */
final class ViewJson {

  private static final int SINGLE = 1;
  private static final int GROUP = 2;

  private ViewJson() {}

  /** Writes a conversation as {@code viewer}, who takes part in it, sees it. */
  static void write(JsonGenerator json, ConversationView view, String viewer) throws IOException {
    ConversationId id = view.id();
    Cursors cursors = view.cursors();
    ConversationSettings settings = view.settings();
    json.writeStartObject();
    json.writeStringField("conversation_id", id.value());
    if (id.isGroup()) {
      json.writeNumberField("type", GROUP);
      json.writeStringField("group_id", id.groupId());
    } else {
      json.writeNumberField("type", SINGLE);
      json.writeStringField("peer_id", id.peerOf(viewer));
    }
    if (view.member().left()) {
      json.writeBooleanField("left", true);
    }
    json.writeNumberField("max_seq", view.head().maxSeq());
    json.writeNumberField("read_seq", cursors.readSeq());
    json.writeNumberField("received_seq", cursors.receivedSeq());
    Cursors peer = view.peer();
    if (peer != null) {
      json.writeNumberField("peer_read_seq", peer.readSeq());
      json.writeNumberField("peer_received_seq", peer.receivedSeq());
    }
    json.writeNumberField("unread_count", view.unreadCount());
    json.writeBooleanField("mentioned", view.mentionSeq() > 0);
    json.writeNumberField("mention_seq", view.mentionSeq());
    json.writeBooleanField("pinned", settings.pinned());
    json.writeBooleanField("muted", settings.muted());
    json.writeBooleanField("hidden", settings.hidden());
    json.writeStringField("draft", settings.draft() == null ? "" : settings.draft());
    json.writeNumberField("cleared_seq", settings.clearedSeq());
    if (view.lastMessage() != null) {
      json.writeFieldName("last_message");
      EntryJson.write(json, view.lastMessage());
    }
    json.writeNumberField("updated_at", view.head().updatedAt());
    json.writeEndObject();
  }

  static void write(JsonGenerator json, PresenceState presence) throws IOException {
    json.writeStartObject();
    json.writeStringField("user_id", presence.userId());
    json.writeBooleanField("online", presence.online());
    json.writeArrayFieldStart("platforms");
    // In the enum's order, so that equal states are equal on the wire.
    for (Platform platform : Platform.values()) {
      if (presence.platforms().contains(platform)) {
        json.writeString(platform.wireName());
      }
    }
    json.writeEndArray();
    if (presence.lastSeen() != null) {
      json.writeNumberField("last_seen", presence.lastSeen());
    }
    json.writeEndObject();
  }

  static void write(JsonGenerator json, List<PresenceState> presences) throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("presences");
    for (PresenceState presence : presences) {
      write(json, presence);
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
