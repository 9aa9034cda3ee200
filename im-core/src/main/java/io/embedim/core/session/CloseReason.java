package io.embedim.core.session;

/** Why the engine closes a session. The codes are WebSocket close codes of {@code im.v1}. */
public enum CloseReason {
  /** The client breaks the protocol in a way that cannot be answered. */
  PROTOCOL_ABUSE(4400, "protocol abuse"),
  /** No valid token in time, or the token's time is over. */
  UNAUTHENTICATED(4401, "unauthenticated"),
  /** The host banned the user. */
  BANNED(4403, "banned"),
  /** The client did not read for too long. */
  SLOW_CONSUMER(4408, "too slow a consumer"),
  /** Another session took this one's place, by the login policy. */
  REPLACED(4409, "replaced"),
  /** Too many errors, frames or connections. */
  TOO_MANY(4429, "too many errors or connections"),
  /** Nothing was heard from the client for too long; code 1001. */
  SILENT(1001, "no heartbeat"),
  /** The server goes away; the client should reconnect. */
  DRAINING(1012, "server draining, reconnect");

  private final int code;
  private final String phrase;

  CloseReason(int code, String phrase) {
    this.code = code;
    this.phrase = phrase;
  }

  public int code() {
    return code;
  }

  public String phrase() {
    return phrase;
  }
}
