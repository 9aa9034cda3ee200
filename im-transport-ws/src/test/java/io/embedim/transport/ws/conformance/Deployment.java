package io.embedim.transport.ws.conformance;

import io.embedim.core.ImEngine;
import io.embedim.core.ImSettings;
import io.embedim.core.SendCommand;
import io.embedim.core.memory.MemoryStores;
import io.embedim.spi.model.Content;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.MessageOptions;
import io.embedim.testkit.FaultyStores;
import io.embedim.testkit.MovableClock;
import io.embedim.transport.ws.AllowedOrigins;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/** An engine in memory behind a real server, whose time passes only when a test lets it. */
final class Deployment implements AutoCloseable {

  static final String ALLOWED_ORIGIN = "https://chat.example.com";

  /** How exact the engine's time-outs are. */
  static final Duration TICK = Duration.ofMillis(100);

  final MovableClock clock = MovableClock.at(Instant.parse("2026-11-02T09:00:00Z"));
  final FaultyStores stores = FaultyStores.around(MemoryStores.create());
  final ImEngine engine;
  private final Container.Running server;
  private Runnable tick = () -> {};

  Deployment(
      Container container,
      UnaryOperator<ImSettings.Builder> settings,
      UnaryOperator<ImEngine.Builder> parts)
      throws IOException {
    engine =
        parts
            .apply(ImEngine.builder())
            .stores(stores)
            .authenticator(Tokens::check)
            .settings(settings.apply(ImSettings.builder()).build())
            .nodeId("node-1")
            .clock(clock)
            .ticker(
                crank -> {
                  tick = crank;
                  return () -> {};
                })
            .build();
    server = container.start(engine, AllowedOrigins.of(List.of(ALLOWED_ORIGIN)));
  }

  int port() {
    return server.port();
  }

  /** Says something as the system, and waits until it is committed. */
  void say(ConversationId conversation, String messageId, String text) {
    Content content = Content.text(text);
    var unused =
        engine
            .messages()
            .sendSystem(
                new SendCommand(conversation, messageId, content, MessageOptions.NONE, true))
            .toCompletableFuture()
            .join();
  }

  /** Lets time pass, tick by tick. */
  void pass(Duration duration) {
    for (Duration left = duration; left.compareTo(Duration.ZERO) > 0; left = left.minus(TICK)) {
      clock.advance(TICK);
      tick.run();
    }
  }

  @Override
  public void close() {
    stores.heal();
    server.stop().run();
    engine.close();
  }
}
