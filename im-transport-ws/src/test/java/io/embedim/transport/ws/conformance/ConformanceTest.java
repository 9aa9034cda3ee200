package io.embedim.transport.ws.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.core.ImEngine;
import io.embedim.core.ImSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A part of the suite: it runs on each container, with a fresh server for each scenario. */
@ParameterizedClass
@EnumSource(Container.class)
abstract class ConformanceTest {

  /** A guard against hanging, never reached when all is well. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Duration POLL = Duration.ofMillis(10);

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

  /**
   * Connects a user whose token is in the query, takes WELCOME, and waits until all is ready. What
   * was acknowledged before and still on its way to whoever is there is not for the test.
   */
  Client login(Deployment server, String token) throws IOException {
    Client client = connect(server, "/ws?token=" + token);
    client.expectWelcome();
    var unused = client.untilEcho();
    return client;
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

  /** Lets time pass until the server has let go of a connection that it has closed. */
  static void awaitCut(Deployment server, Client client) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!client.raw().isCut()) {
      assertThat(System.nanoTime()).as("time until the connection is cut").isLessThan(end);
      server.pass(Deployment.TICK);
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  <T extends AutoCloseable> T closing(T resource) {
    open.push(resource);
    return resource;
  }
}
