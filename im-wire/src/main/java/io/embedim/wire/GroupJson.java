package io.embedim.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.embedim.core.KickResult;
import io.embedim.core.MemberPage;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.Group;
import io.embedim.spi.model.JoinRequest;
import io.embedim.spi.model.Member;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes groups and who belongs to them. */
final class GroupJson {

  private static final int NORMAL = 1;
  private static final int DISMISSED = 0;

  private GroupJson() {}

  /**
   * Writes a group.
   *
   * @param me the membership of whoever asks; null for somebody who has none, or did not ask for it
   */
  static void write(JsonGenerator json, Group group, @Nullable Member me) throws IOException {
    Group.Info info = group.info();
    json.writeStartObject();
    json.writeStringField("group_id", group.groupId());
    json.writeStringField("conversation_id", ConversationId.group(group.groupId()).value());
    json.writeStringField("name", info.name());
    json.writeStringField("avatar", text(info.avatar()));
    json.writeStringField("announcement", text(info.announcement()));
    json.writeStringField("description", text(info.description()));
    json.writeStringField("owner_id", group.ownerId());
    json.writeNumberField("max_members", info.maxMembers());
    json.writeNumberField("member_count", group.memberCount());
    json.writeBooleanField("mute_all", group.allMuted());
    json.writeNumberField("join_mode", info.joinMode().code());
    json.writeBooleanField("past_visible", info.pastVisible());
    json.writeNumberField("status", group.dismissed() ? DISMISSED : NORMAL);
    json.writeNumberField("created_at", group.createdAt());
    json.writeNumberField("updated_at", group.updatedAt());
    if (me != null) {
      json.writeFieldName("me");
      write(json, me);
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Member member) throws IOException {
    json.writeStartObject();
    json.writeStringField("user_id", member.userId());
    json.writeNumberField("role", member.role().code());
    json.writeStringField("nickname", text(member.nickname()));
    json.writeNumberField("muted_until", member.mutedUntil());
    json.writeNumberField("joined_at", member.joinedAt());
    if (member.invitedBy() != null) {
      json.writeStringField("invited_by", member.invitedBy());
    }
    json.writeEndObject();
  }

  static void write(JsonGenerator json, MemberPage page) throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("members");
    for (Member member : page.members()) {
      write(json, member);
    }
    json.writeEndArray();
    json.writeNumberField("total", page.total());
    json.writeEndObject();
  }

  static void write(JsonGenerator json, KickResult result) throws IOException {
    json.writeStartObject();
    writeUsers(json, "kicked", result.kicked());
    json.writeArrayFieldStart("refused");
    for (var refused : result.refused().entrySet()) {
      json.writeStartObject();
      json.writeStringField("user_id", refused.getKey());
      json.writeStringField("reason", refused.getValue().reason());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  static void writeRequests(JsonGenerator json, List<JoinRequest> requests) throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("requests");
    for (JoinRequest request : requests) {
      json.writeStartObject();
      writeFields(json, request);
      json.writeNumberField("created_at", request.createdAt());
      json.writeNumberField("expires_at", request.expiresAt());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** Writes the fields of a request that the frame has, too. */
  static void writeFields(JsonGenerator json, JoinRequest request) throws IOException {
    json.writeStringField("group_id", request.groupId());
    json.writeStringField("request_id", request.requestId());
    json.writeStringField("user_id", request.userId());
    json.writeStringField("note", request.note());
  }

  static void writeUsers(JsonGenerator json, String name, List<String> userIds) throws IOException {
    json.writeArrayFieldStart(name);
    for (String userId : userIds) {
      json.writeString(userId);
    }
    json.writeEndArray();
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
