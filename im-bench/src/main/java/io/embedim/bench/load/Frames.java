package io.embedim.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Frames as a client writes them (RFC 6455), and where they stand in what a server writes. */
final class Frames {

  static final int TEXT = 0x1;
  static final int CLOSE = 0x8;
  static final int PING = 0x9;

  private static final int FINAL = 0x80;
  private static final int MASKED = 0x80;
  private static final int LENGTH_16_BIT = 126;
  private static final int LENGTH_64_BIT = 127;
  private static final int MASK_BYTES = 4;

  private Frames() {}

  /**
   * A whole frame. Its mask is zero: a mask guards proxies, of which there are none here, and the
   * server's work is the same with any.
   */
  static byte[] text(String payload) {
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    ByteBuffer frame = ByteBuffer.allocate(bytes.length + 14);
    frame.put((byte) (FINAL | TEXT));
    if (bytes.length < LENGTH_16_BIT) {
      frame.put((byte) (MASKED | bytes.length));
    } else if (bytes.length <= 0xFFFF) {
      frame.put((byte) (MASKED | LENGTH_16_BIT)).putShort((short) bytes.length);
    } else {
      frame.put((byte) (MASKED | LENGTH_64_BIT)).putLong(bytes.length);
    }
    frame.putInt(0).put(bytes).flip();
    byte[] whole = new byte[frame.remaining()];
    frame.get(whole);
    return whole;
  }

  /** How many bytes of a text frame come before its payload of so many bytes. */
  static int headerBytes(int payloadBytes) {
    int length = payloadBytes < LENGTH_16_BIT ? 0 : payloadBytes <= 0xFFFF ? 2 : 8;
    return 2 + length + MASK_BYTES;
  }

  /** Where a payload is, and which frame follows. */
  record Place(int opcode, int from, int length) {
    int end() {
      return from + length;
    }
  }

  /** Finds the frame that begins at {@code at}; null when it is not all there yet. */
  static @Nullable Place find(ByteBuffer bytes, int at) {
    int available = bytes.limit() - at;
    if (available < 2) {
      return null;
    }
    int first = bytes.get(at) & 0xFF;
    int second = bytes.get(at + 1) & 0xFF;
    if ((first & FINAL) == 0 || (second & MASKED) != 0) {
      throw new IllegalStateException("the server sent a part of a message, or a masked frame");
    }
    int header = 2;
    long length = second;
    if (second == LENGTH_16_BIT) {
      header = 4;
      length = available < header ? 0 : bytes.getShort(at + 2) & 0xFFFF;
    } else if (second == LENGTH_64_BIT) {
      header = 10;
      length = available < header ? 0 : bytes.getLong(at + 2);
    }
    return available < header || available - header < length
        ? null
        : new Place(first & 0x0F, at + header, (int) length);
  }
}
