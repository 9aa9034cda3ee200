package io.embedim.transport.ws;

import io.embedim.wire.WireSession;
import jakarta.websocket.MessageHandler;

/** Takes binary messages, of which this transport keeps nothing. Called by one thread at a time. */
final class BinaryReceiver implements MessageHandler.Partial<byte[]> {

  private final WireSession wire;
  private final int maxBytes;
  private int size;

  BinaryReceiver(WireSession wire, int maxBytes) {
    this.wire = wire;
    this.maxBytes = maxBytes;
  }

  @Override
  public void onMessage(byte[] part, boolean last) {
    if (size > maxBytes) {
      return;
    }
    size += Math.max(1, part.length);
    if (size > maxBytes) {
      wire.onTooLarge();
    } else if (last) {
      size = 0;
      wire.onBinary();
    }
  }
}
