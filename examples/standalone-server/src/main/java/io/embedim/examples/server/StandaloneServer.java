package io.embedim.examples.server;

import static io.embedim.examples.server.config.ServerSettings.ALLOWED_ORIGINS;
import static io.embedim.examples.server.config.ServerSettings.DATA_DIR;
import static io.embedim.examples.server.config.ServerSettings.DEMO_LOGIN;
import static io.embedim.examples.server.config.ServerSettings.HOST;
import static io.embedim.examples.server.config.ServerSettings.LOGINS_PER_MINUTE;
import static io.embedim.examples.server.config.ServerSettings.LOGINS_PER_MINUTE_AND_ADDRESS;
import static io.embedim.examples.server.config.ServerSettings.PORT;
import static io.embedim.examples.server.config.ServerSettings.PUBLIC_URL;
import static io.embedim.examples.server.config.ServerSettings.REGISTRATIONS_PER_MINUTE;

import io.embedim.core.ImEngine;
import io.embedim.core.ImSettings;
import io.embedim.examples.server.account.Accounts;
import io.embedim.examples.server.config.Configuration;
import io.embedim.examples.server.config.ConfigurationException;
import io.embedim.examples.server.config.EngineSettings;
import io.embedim.examples.server.http.Logins;
import io.embedim.examples.server.http.Site;
import io.embedim.examples.server.token.OwnerOnly;
import io.embedim.examples.server.token.TokenSetup;
import io.embedim.examples.server.token.Tokens;
import io.embedim.spi.hook.UserDirectory;
import io.embedim.transport.ws.AllowedOrigins;
import io.embedim.transport.ws.TyrusImServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole server: storage, engine, WebSocket, API and page. Started by its factory method,
 * stopped by {@link #close()}.
 */
final class StandaloneServer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(StandaloneServer.class);

  private final Configuration configuration;
  private final Closer parts;
  private final TyrusImServer server;
  private final AtomicBoolean stopping;
  private final CountDownLatch stopped = new CountDownLatch(1);

  private StandaloneServer(
      Configuration configuration, Closer parts, TyrusImServer server, AtomicBoolean stopping) {
    this.configuration = configuration;
    this.parts = parts;
    this.server = server;
    this.stopping = stopping;
  }

  /**
   * Starts a server; when it cannot, nothing is left running.
   *
   * @throws ConfigurationException when the configuration names what cannot be used
   * @throws StartException when something else is in the way
   */
  static StandaloneServer start(Configuration configuration) throws StartException {
    configuration.given().forEach(given -> log.info("configured: {}", given));
    if (configuration.get(DEMO_LOGIN)) {
      log.warn("demo_login is on: everybody who reaches this server can be any user");
    }
    Closer parts = new Closer();
    try {
      return assemble(configuration, parts);
    } catch (StartException | RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  private static StandaloneServer assemble(Configuration configuration, Closer parts)
      throws StartException {
    checkHost(configuration);
    makeDataDirectory(configuration);
    TokenSetup tokens = tokens(configuration);
    Storage storage = parts.add(Storage.open(configuration));
    Logins logins = logins(configuration, tokens, storage);
    ImSettings settings = EngineSettings.of(configuration);
    ImEngine engine =
        parts.add(
            ImEngine.builder()
                .stores(storage.stores(settings))
                .authenticator(tokens.authenticator())
                .userDirectory(users(logins))
                .settings(settings)
                .build());
    ApiThreads threads = parts.add(new ApiThreads());
    AtomicBoolean stopping = new AtomicBoolean();
    Site site =
        new Site(
            logins,
            () -> !stopping.get() && storage.isGood(),
            configuration.get(PUBLIC_URL),
            configuration.get(ALLOWED_ORIGINS),
            threads);
    TyrusImServer server = parts.add(listen(configuration, engine, site));
    return new StandaloneServer(configuration, parts, server, stopping);
  }

  private static void checkHost(Configuration configuration) {
    try {
      InetAddress address = InetAddress.getByName(configuration.get(HOST));
      if (address.isAnyLocalAddress() || NetworkInterface.getByInetAddress(address) != null) {
        return;
      }
    } catch (UnknownHostException | SocketException e) {
      log.debug("The host cannot be looked up", e);
    }
    throw new ConfigurationException(
        configuration.problem(HOST, "a name or address of this machine"));
  }

  private static void makeDataDirectory(Configuration configuration) {
    try {
      Files.createDirectories(Path.of(configuration.get(DATA_DIR)), OwnerOnly.directory());
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigurationException(
          configuration.problem(
              DATA_DIR,
              "a directory that can be made and written ("
                  + e.getClass().getSimpleName()
                  + ": "
                  + e.getMessage()
                  + ")"));
    }
  }

  private static TokenSetup tokens(Configuration configuration) throws StartException {
    try {
      return TokenSetup.of(configuration);
    } catch (IOException e) {
      throw new StartException("the secret for tokens cannot be kept: " + e.getMessage(), e);
    }
  }

  private static Logins logins(Configuration configuration, TokenSetup setup, Storage storage)
      throws StartException {
    if (setup.own().isEmpty()) {
      return new Logins.Elsewhere();
    }
    Tokens tokens = setup.own().get();
    if (configuration.get(DEMO_LOGIN)) {
      return new Logins.Demo(tokens);
    }
    return new Logins.WithPassword(
        tokens,
        new Accounts(
            storage.accounts(),
            configuration.get(LOGINS_PER_MINUTE),
            configuration.get(LOGINS_PER_MINUTE_AND_ADDRESS),
            configuration.get(REGISTRATIONS_PER_MINUTE),
            Clock.systemUTC()));
  }

  private static UserDirectory users(Logins logins) {
    return logins instanceof Logins.WithPassword accounts
        ? accounts.accounts()
        : UserDirectory.EVERYBODY;
  }

  private static TyrusImServer listen(Configuration configuration, ImEngine engine, Site site)
      throws StartException {
    Set<String> origins = new HashSet<>(configuration.get(ALLOWED_ORIGINS));
    if (!configuration.get(PUBLIC_URL).isEmpty()) {
      // A proxy may ask for the page under another name than browsers know.
      origins.add(configuration.get(PUBLIC_URL));
    }
    try {
      return TyrusImServer.builder(engine)
          .host(configuration.get(HOST))
          .port(configuration.get(PORT))
          .allowedOrigins(AllowedOrigins.of(origins))
          .httpHandler(site, "/")
          .start();
    } catch (BindException e) {
      throw new StartException(
          configuration.problem(
              PORT,
              "a port that is free on " + configuration.get(HOST) + "; choose one with --port"),
          e);
    } catch (IOException e) {
      throw new StartException("cannot listen: " + e.getMessage(), e);
    }
  }

  int port() {
    return server.port();
  }

  /** Where a browser on this machine finds the page. */
  String address() {
    String host = configuration.get(HOST);
    if (host.equals("0.0.0.0") || host.equals("::")) {
      host = "localhost";
    }
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port() + "/";
  }

  /** Whether other machines can reach it. */
  boolean isOpenToOthers() {
    try {
      return !InetAddress.getByName(configuration.get(HOST)).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return true;
    }
  }

  boolean isDemo() {
    return configuration.get(DEMO_LOGIN);
  }

  /** Blocks until the server was closed. */
  void awaitStop() throws InterruptedException {
    stopped.await();
  }

  /**
   * Takes nothing new, tells clients to reconnect elsewhere, commits what was sent and stops.
   * Idempotent; blocks, but no longer than the deadlines of the parts.
   */
  @Override
  public void close() {
    if (stopping.compareAndSet(false, true)) {
      log.info("stopping");
      parts.close();
      log.info("stopped");
      stopped.countDown();
    }
  }
}
