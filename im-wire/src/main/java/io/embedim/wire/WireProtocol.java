package io.embedim.wire;

import io.embedim.core.ImEngine;
import io.embedim.core.session.Connection;
import io.embedim.spi.hook.Authenticator;

/**
 * Speaks {@code im.v1} for an engine. A transport makes one, and gives it each of its connections.
 * Safe for use by many threads.
 */
public final class WireProtocol {

  private final ImEngine engine;
  private final FrameDecoder decoder;
  private final Operations operations;
  private final TokenCheck tokens;
  private final FrameHandler handler;

  public WireProtocol(ImEngine engine) {
    this.engine = engine;
    decoder = new FrameDecoder(engine.settings());
    operations = new Operations(engine, decoder);
    tokens = new TokenCheck(engine);
    handler = new FrameHandler(engine, operations, tokens);
  }

  /**
   * Takes a new connection. From now on the transport tells the result what arrives, in the order
   * in which it arrives and never two things at once; and the connection is written to and closed
   * from this side.
   */
  public WireSession accept(Connection connection, ConnectionOptions options) {
    WireSession session = new WireSession(this, connection);
    session.open(options);
    return session;
  }

  /**
   * Who holds a token, for a transport that gets it before there is a connection. Blocks.
   *
   * @throws io.embedim.core.ImException with {@code unauthenticated}, {@code token_expired}, or
   *     {@code unavailable} when it cannot be told now
   */
  public Authenticator.Result.Authenticated identify(String token) {
    return tokens.identify(token);
  }

  /** What clients can ask for. */
  public Operations operations() {
    return operations;
  }

  /** Reads frames, and parameters for a transport that has no frames. */
  public FrameDecoder decoder() {
    return decoder;
  }

  ImEngine engine() {
    return engine;
  }

  TokenCheck tokens() {
    return tokens;
  }

  FrameHandler handler() {
    return handler;
  }
}
