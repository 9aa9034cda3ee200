package io.embedim.core.internal.group;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.embedim.spi.model.Content;
import io.embedim.spi.model.ContentType;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.MessageOptions;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the entries that tell of what happens to a group. */
public final class GroupEvents {

  /**
   * How many users an event names. A group may begin with thousands, and what an event says has to
   * fit into one frame; {@code extra.target_count} says then how many there are.
   */
  static final int NAMED = 200;

  private final Supplier<String> ids;

  public GroupEvents(Supplier<String> ids) {
    this.ids = ids;
  }

  /** Something happened to these users. */
  EntryDraft about(
      EntryType type, String groupId, String operatorId, Collection<String> targetIds) {
    return about(type, groupId, operatorId, targetIds, Map.of());
  }

  /** Something happened to these users, of which there is more to say. */
  public EntryDraft about(
      EntryType type,
      String groupId,
      String operatorId,
      Collection<String> targetIds,
      Map<String, ?> extra) {
    Map<String, Object> more = new LinkedHashMap<>(extra);
    if (targetIds.size() > NAMED) {
      more.put("target_count", targetIds.size());
    }
    Map<String, Object> body = body(groupId, operatorId);
    body.put("target_ids", List.copyOf(targetIds).subList(0, Math.min(targetIds.size(), NAMED)));
    body.put("extra", more);
    return event(type, groupId, operatorId, body);
  }

  /** A field of the group has another value. */
  EntryDraft updated(
      String groupId,
      String operatorId,
      String field,
      @Nullable Object oldValue,
      @Nullable Object newValue) {
    Map<String, Object> body = body(groupId, operatorId);
    body.put("field", field);
    body.put("old_value", oldValue == null ? "" : oldValue);
    body.put("new_value", newValue == null ? "" : newValue);
    return event(EntryType.GROUP_INFO_UPDATE, groupId, operatorId, body);
  }

  private static Map<String, Object> body(String groupId, String operatorId) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("group_id", groupId);
    body.put("operator_id", operatorId);
    return body;
  }

  private EntryDraft event(
      EntryType type, String groupId, String operatorId, Map<String, Object> body) {
    Content content = new Content(ContentType.CUSTOM, JSONObjectUtils.toJSONString(body), "");
    return new EntryDraft(
        ConversationId.group(groupId),
        type,
        ids.get(),
        operatorId,
        content,
        MessageOptions.NONE,
        null);
  }
}
