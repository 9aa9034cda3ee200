package io.embedim.transport.ws;

import io.embedim.core.ImEngine;
import io.embedim.core.ImSettings;
import io.embedim.spi.hook.Authenticator;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;

/** An engine in memory behind a real server. A token is the name of its user. */
final class TestServer implements AutoCloseable {

  static final String EXPIRED = "expired-token";
  static final String BAD = "bad token";

  /** A token that is judged only when a permit of {@link #judgements} is there. */
  static final String SLOW = "slow-token";

  final Semaphore judgements = new Semaphore(0);

  final ImEngine engine;
  final TyrusImServer server;

  private TestServer(ImSettings settings, UnaryOperator<TyrusImServer.Builder> options)
      throws IOException {
    engine =
        ImEngine.builder()
            .authenticator(this::authenticate)
            .settings(settings)
            .nodeId("node-1")
            .build();
    server = options.apply(TyrusImServer.builder(engine).host("127.0.0.1")).start();
  }

  static TestServer start() throws IOException {
    return start(ImSettings.defaults());
  }

  static TestServer start(ImSettings settings) throws IOException {
    return new TestServer(settings, builder -> builder);
  }

  static TestServer start(UnaryOperator<TyrusImServer.Builder> options) throws IOException {
    return new TestServer(ImSettings.defaults(), options);
  }

  private Authenticator.Result authenticate(String token) {
    if (token.equals(SLOW)) {
      judgements.acquireUninterruptibly();
    }
    if (token.equals(EXPIRED)) {
      return new Authenticator.Result.Expired();
    }
    if (token.contains(" ")) {
      return new Authenticator.Result.Rejected("a test says so");
    }
    return new Authenticator.Result.Authenticated(token, Long.MAX_VALUE);
  }

  int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.close();
    engine.close();
  }
}
