package io.embedim.transport.ws;

import java.nio.ByteBuffer;

/**
 * Watches the headers of WebSocket frames go by and finds the one that announces more than is
 * allowed, before anybody has to keep its payload. Used by one thread at a time.
 */
final class FrameGuard {

  private static final int LENGTH_16_BIT = 126;
  private static final int LENGTH_64_BIT = 127;
  private static final int MASK_BYTES = 4;

  private final int maxPayload;

  /** What the next byte belongs to. */
  private Part part = Part.OPCODE;

  /** Bytes of this part that are still to come. */
  private long left;

  private long payload;
  private boolean masked;

  private enum Part {
    OPCODE,
    LENGTH,
    LONG_LENGTH,
    MASK,
    PAYLOAD
  }

  FrameGuard(int maxPayload) {
    this.maxPayload = maxPayload;
  }

  /**
   * Looks at what arrived, without consuming it.
   *
   * @return whether a frame in it is too large; nothing must be asked after that
   */
  boolean finds(ByteBuffer data) {
    int at = data.position();
    while (at < data.limit()) {
      if (part == Part.PAYLOAD) {
        int step = (int) Math.min(left, data.limit() - at);
        at += step;
        left -= step;
        if (left == 0) {
          part = Part.OPCODE;
        }
      } else if (headerByte(data.get(at++))) {
        return true;
      }
    }
    return false;
  }

  private boolean headerByte(byte value) {
    switch (part) {
      case OPCODE -> part = Part.LENGTH;
      case LENGTH -> {
        masked = (value & 0x80) != 0;
        payload = value & 0x7f;
        if (payload >= LENGTH_16_BIT) {
          left = payload == LENGTH_64_BIT ? Long.BYTES : Short.BYTES;
          payload = 0;
          part = Part.LONG_LENGTH;
        } else {
          afterLength();
        }
      }
      case LONG_LENGTH -> {
        payload = (payload << 8) | (value & 0xff);
        left--;
        if (left == 0) {
          if (payload < 0 || payload > maxPayload) {
            return true;
          }
          afterLength();
        }
      }
      case MASK -> {
        left--;
        if (left == 0) {
          beforePayload();
        }
      }
      case PAYLOAD -> throw new IllegalStateException("payload is no header");
    }
    return false;
  }

  private void afterLength() {
    if (masked) {
      left = MASK_BYTES;
      part = Part.MASK;
    } else {
      beforePayload();
    }
  }

  private void beforePayload() {
    left = payload;
    part = payload == 0 ? Part.OPCODE : Part.PAYLOAD;
  }
}
