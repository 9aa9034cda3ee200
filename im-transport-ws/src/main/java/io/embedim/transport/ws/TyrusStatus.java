package io.embedim.transport.ws;

import jakarta.websocket.HandshakeResponse;
import org.glassfish.tyrus.spi.UpgradeResponse;

/**
 * Refuses an upgrade with an HTTP status in Tyrus, which, unlike others, lets an endpoint do so.
 */
final class TyrusStatus {

  private TyrusStatus() {}

  /** Sets the status if the container is Tyrus; it is an optional dependency and may be absent. */
  static void set(HandshakeResponse response, int status) {
    if (response.getClass().getName().startsWith("org.glassfish.tyrus.")) {
      Tyrus.set(response, status);
    }
  }

  /** Loaded only when Tyrus is there. */
  private static final class Tyrus {

    static void set(HandshakeResponse response, int status) {
      if (response instanceof UpgradeResponse upgrade) {
        upgrade.setStatus(status);
        upgrade.setReasonPhrase("refused");
      }
    }
  }
}
