package io.embedim.wire;

/**
 * The numbers of the frame types that clients send, and of those that are no logged entries; all
 * logged ones are in {@code EntryType}.
 */
final class FrameType {

  static final int SINGLE_CHAT = 1;
  static final int GROUP_CHAT = 2;
  static final int GROUP_JOIN_REQUEST = 19;
  static final int ACK = 20;
  static final int READ_RECEIPT = 21;
  static final int REVOKE = 22;
  static final int TYPING = 23;
  static final int EDIT = 24;
  static final int REACTION = 25;
  static final int PIN = 26;
  static final int PRESENCE = 27;
  static final int CONVERSATION_UPDATE = 28;
  static final int REQUEST = 40;
  static final int RESPONSE = 41;
  static final int AUTH = 90;
  static final int WELCOME = 91;
  static final int KICKED = 92;
  static final int ERROR = 93;
  static final int SYNC_REQUIRED = 94;
  static final int HEARTBEAT = 99;

  private FrameType() {}

  /** Whether this release takes frames of this type from clients. */
  static boolean isSentByClients(long type) {
    return type == SINGLE_CHAT
        || type == GROUP_CHAT
        || (type >= ACK && type <= PIN)
        || type == REQUEST
        || type == AUTH
        || type == HEARTBEAT;
  }
}
