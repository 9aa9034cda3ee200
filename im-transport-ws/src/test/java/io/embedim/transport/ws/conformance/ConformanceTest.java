package io.embedim.transport.ws.conformance;

import io.embedim.core.ImEngine;
import io.embedim.core.ImSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A part of the suite: it runs on each container, with a fresh server for each scenario. */
@ParameterizedClass
@EnumSource(Container.class)
abstract class ConformanceTest {

  @Parameter Container container;

  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  @AfterEach
  void closeAll() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  /** A server with the defaults of production. */
  Deployment server() throws IOException {
    return server(settings -> settings);
  }

  /**
   * A server for more than a minute: it could take a write that it does not know to be done yet for
   * one that is stuck, because the clock runs while the machine does not.
   */
  Deployment patientServer() throws IOException {
    return server(settings -> settings.stalledAfter(Duration.ofHours(1)));
  }

  Deployment server(UnaryOperator<ImSettings.Builder> settings) throws IOException {
    return server(settings, parts -> parts);
  }

  Deployment server(
      UnaryOperator<ImSettings.Builder> settings, UnaryOperator<ImEngine.Builder> parts)
      throws IOException {
    return closing(new Deployment(container, settings, parts));
  }

  /** Connects a user whose token is in the query, takes WELCOME, and waits until all is ready. */
  Client login(Deployment server, String token) throws IOException {
    return login(server, token, "");
  }

  /** Also with other parameters in the query, each with a {@code &} before it. */
  Client login(Deployment server, String token, String query) throws IOException {
    Client client = connect(server, "/ws?token=" + token + query);
    client.expectWelcome();
    client.settle();
    return client;
  }

  /** Upgrades; whatever comes after that is for the test. */
  Client connect(Deployment server, String target, String... headers) throws IOException {
    return closing(Client.open(server.port(), target, headers));
  }

  <T extends AutoCloseable> T closing(T resource) {
    open.push(resource);
    return resource;
  }
}
