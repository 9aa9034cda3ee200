package io.embedim.core.session;

import java.nio.ByteBuffer;

/** A frame ready to be written. It is shared by all its recipients and never changes. */
public sealed interface Encoded {

  /** How much it counts against a queue's bound, in bytes. */
  int bytes();

  /** For a transport that carries text. */
  record Text(String text, int bytes) implements Encoded {}

  /** For a transport that carries bytes; the buffer is read-only and is duplicated to be read. */
  record Binary(ByteBuffer buffer) implements Encoded {
    public Binary {
      buffer = buffer.asReadOnlyBuffer();
    }

    @Override
    public int bytes() {
      return buffer.remaining();
    }
  }
}
