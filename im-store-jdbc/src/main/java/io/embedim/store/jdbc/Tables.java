package io.embedim.store.jdbc;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names of our tables, as they stand in a statement.
 *
 * @param schema where they are; null for the schema that a connection comes with
 * @param prefix what their names begin with
 */
record Tables(@Nullable String schema, String prefix) {

  static final String DEFAULT_PREFIX = "im_";

  private static final Pattern PREFIX = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,19}");
  private static final Pattern SCHEMA = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");

  Tables {
    if (!PREFIX.matcher(prefix).matches()) {
      throw new IllegalArgumentException(
          "the table prefix \""
              + prefix
              + "\" is not valid: expected 1 to 20 letters, digits and underscores of ASCII, the"
              + " first one not a digit");
    }
    if (schema != null && !SCHEMA.matcher(schema).matches()) {
      throw new IllegalArgumentException(
          "the schema \""
              + schema
              + "\" is not valid: expected 1 to 63 letters, digits and underscores of ASCII, the"
              + " first one not a digit");
    }
  }

  String conversation() {
    return name("conversation");
  }

  String member() {
    return name("member");
  }

  /** The index of what a user belongs to. */
  String memberUser() {
    return prefix + "member_user";
  }

  /** The index of the versions of a membership. */
  String memberChanged() {
    return prefix + "member_changed";
  }

  /** The index of the members in the order of a list. */
  String memberListed() {
    return prefix + "member_listed";
  }

  String groupInfo() {
    return name("group_info");
  }

  String joinRequest() {
    return name("join_request");
  }

  /** The index of who asks for what. */
  String joinRequestUser() {
    return prefix + "join_request_user";
  }

  String message() {
    return name("message");
  }

  /** The index of the ids of messages. */
  String messageKey() {
    return prefix + "message_key";
  }

  String revision() {
    return name("revision");
  }

  String reaction() {
    return name("reaction");
  }

  String deleted() {
    return name("message_deleted");
  }

  String pin() {
    return name("pin");
  }

  String pastContent() {
    return name("past_content");
  }

  String expiring() {
    return name("expiring");
  }

  String scheduled() {
    return name("scheduled");
  }

  /** The index of what is to be sent next. */
  String scheduledDue() {
    return prefix + "scheduled_due";
  }

  /** The index of what a user has scheduled. */
  String scheduledUser() {
    return prefix + "scheduled_user";
  }

  String blocked() {
    return name("blocked");
  }

  String messageSearch() {
    return name("message_search");
  }

  String searchIndexed() {
    return name("search_indexed");
  }

  String outbox() {
    return name("outbox");
  }

  String lock() {
    return name("lock");
  }

  String schemaHistory() {
    return name("schema_history");
  }

  private String name(String table) {
    return schema == null ? prefix + table : schema + '.' + prefix + table;
  }
}
