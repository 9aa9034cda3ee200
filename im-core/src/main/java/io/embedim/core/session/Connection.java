package io.embedim.core.session;

/**
 * The transport's side of a session.
 *
 * <p>The engine has at most one {@link #write} under way per connection and never waits for it.
 */
public interface Connection {

  /**
   * Begins to write a frame. Must not block.
   *
   * @param frame what to write
   * @param done to be told once, from any thread: true when the transport took the bytes, false
   *     when the connection is broken
   */
  void write(Encoded frame, WriteCallback done);

  /**
   * Closes the connection, after the write under way if there is one. Idempotent; must not block.
   *
   * @param code a WebSocket close code
   * @param phrase at most 123 bytes of UTF-8
   */
  void close(int code, String phrase);

  /** Hears how a write ended. */
  @FunctionalInterface
  interface WriteCallback {
    void completed(boolean written);
  }
}
