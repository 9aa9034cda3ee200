package io.embedim.transport.ws;

/**
 * What can be chosen about a WebSocket endpoint; limits and times are the engine's.
 *
 * @param allowedOrigins from which web pages browsers may connect
 */
public record WebSocketOptions(AllowedOrigins allowedOrigins) {

  /** Pages of the server's own host only. */
  public static final WebSocketOptions DEFAULTS = new WebSocketOptions(AllowedOrigins.ownHost());
}
