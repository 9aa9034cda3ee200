package io.embedim.store.jdbc;

/** A column of a {@link Keys} list. */
enum KeyColumn {
  CONVERSATION_ID("conversation_id", Type.CONVERSATION),
  USER_ID("user_id", Type.NAME),
  MESSAGE_ID("message_id", Type.NAME),
  EMOJI("emoji", Type.TEXT),
  SEQ("seq", Type.NUMBER),
  REPLACED_BY_SEQ("replaced_by_seq", Type.NUMBER),
  SINCE("since", Type.NUMBER),
  EXPIRES_AT("expires_at", Type.NUMBER),
  AFTER_SEQ("after_seq", Type.NUMBER),
  UP_TO_SEQ("up_to_seq", Type.NUMBER),
  TOKENS("tokens", Type.TEXT),
  NEW_AFTER_SEQ("new_after_seq", Type.NUMBER),
  NEW_UP_TO_SEQ("new_up_to_seq", Type.NUMBER),
  NEW_MAX_SEQ("new_max_seq", Type.NUMBER),
  NEW_UPDATED_AT("new_updated_at", Type.NUMBER),
  NEW_PINNED_MESSAGES("new_pinned_messages", Type.NUMBER),
  NEW_READ_SEQ("new_read_seq", Type.NUMBER),
  NEW_RECEIVED_SEQ("new_received_seq", Type.NUMBER),
  NEW_MEMBER_ROLE("new_member_role", Type.NUMBER),
  NEW_NICKNAME("new_nickname", Type.TEXT),
  NEW_MUTED_UNTIL("new_muted_until", Type.NUMBER),
  NEW_JOINED_AT("new_joined_at", Type.NUMBER),
  NEW_INVITED_BY("new_invited_by", Type.NAME),
  NEW_FORMER("new_former", Type.FLAG),
  NEW_VISIBLE_FROM_SEQ("new_visible_from_seq", Type.NUMBER),
  NEW_LEFT_SEQ("new_left_seq", Type.NUMBER),
  NEW_LEFT_AT("new_left_at", Type.NUMBER),
  NEW_CHANGED_VERSION("new_changed_version", Type.NUMBER);

  /** What a column holds; each dialect has its own names for these. */
  enum Type {
    /** A conversation's id, up to 129 characters of ASCII. */
    CONVERSATION,
    /** A user's or a message's id, up to 64 characters of ASCII. */
    NAME,
    /** Text of any script. */
    TEXT,
    /** 64 bits. */
    NUMBER,
    /** True or false. */
    FLAG
  }

  /** What a column's name begins with that has a new value for the column of the other name. */
  static final String NEW = "new_";

  private final String columnName;
  private final Type type;

  KeyColumn(String columnName, Type type) {
    this.columnName = columnName;
    this.type = type;
  }

  String columnName() {
    return columnName;
  }

  Type type() {
    return type;
  }
}
