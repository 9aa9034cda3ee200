package io.embedim.transport.ws;

import io.embedim.wire.WireSession;
import jakarta.websocket.MessageHandler;
import org.jspecify.annotations.Nullable;

/**
 * Puts text messages together that arrive in parts. The container is asked for parts, so that it is
 * ours to say when a message that never ends has become too long. Called by one thread at a time.
 */
final class TextReceiver implements MessageHandler.Partial<String> {

  private final WireSession wire;
  private final int maxBytes;
  private @Nullable StringBuilder parts;
  private int size;
  private boolean tooLarge;

  TextReceiver(WireSession wire, int maxBytes) {
    this.wire = wire;
    this.maxBytes = maxBytes;
  }

  @Override
  public void onMessage(String part, boolean last) {
    if (tooLarge) {
      return;
    }
    if (last && parts == null) {
      wire.onText(part);
      return;
    }
    // A text has at least as many bytes as characters. An empty part counts too: it is work.
    size += Math.max(1, part.length());
    if (size > maxBytes) {
      tooLarge = true;
      parts = null;
      wire.onTooLarge();
      return;
    }
    StringBuilder all = parts == null ? new StringBuilder() : parts;
    all.append(part);
    if (last) {
      parts = null;
      size = 0;
      wire.onText(all.toString());
    } else {
      parts = all;
    }
  }
}
