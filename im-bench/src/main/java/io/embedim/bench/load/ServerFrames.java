package io.embedim.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What the generator has to know of {@code im.v1}: the types of frames. Nothing is parsed. */
final class ServerFrames {

  static final int CHAT = 1;
  static final int ACK = 20;
  static final int WELCOME = 91;
  static final int ERROR = 93;
  static final int SYNC_REQUIRED = 94;

  private static final byte[] TYPE = "{\"type\":".getBytes(StandardCharsets.US_ASCII);

  private ServerFrames() {}

  /** Whether frames were joined into an array. */
  static boolean isArray(ByteBuffer bytes, int from) {
    return bytes.get(from) == '[';
  }

  /** The type of the frame that begins here; -1 where none does. */
  static int typeAt(ByteBuffer bytes, int from, int end) {
    if (end - from <= TYPE.length) {
      return -1;
    }
    for (int i = 0; i < TYPE.length; i++) {
      if (bytes.get(from + i) != TYPE[i]) {
        return -1;
      }
    }
    int type = 0;
    for (int at = from + TYPE.length; at < end; at++) {
      int digit = bytes.get(at) - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      type = 10 * type + digit;
    }
    return type;
  }

  /** How many chat messages are in an array. The generator's own contents hold no such text. */
  static int chatsIn(ByteBuffer bytes, int from, int end) {
    int chats = 0;
    for (int at = from + 1; at < end; at++) {
      if (bytes.get(at) == '{' && typeAt(bytes, at, end) == CHAT) {
        chats++;
      }
    }
    return chats;
  }
}
