package io.embedim.transport.ws;

import io.embedim.core.ImEngine;
import io.embedim.core.auth.JwtAuthenticator;
import jakarta.websocket.DeploymentException;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.HttpServerFilter;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.strategies.SameThreadIOStrategy;
import org.glassfish.grizzly.threadpool.ThreadPoolConfig;
import org.glassfish.grizzly.utils.IdleTimeoutFilter;

/**
 * A server of its own, for an application that has none: the engine's WebSocket, and on the same
 * port whatever HTTP handlers it is given. Runs on Tyrus and Grizzly.
 */
public final class TyrusImServer implements AutoCloseable {

  /** How much is read from a connection at once. */
  private static final int READ_BYTES = 16 * 1024;

  /** The longest header of a WebSocket frame. */
  private static final int FRAME_HEADER_BYTES = 14;

  /** Room for a request's head with the longest token, in its header or its query. */
  private static final int HTTP_HEAD_BYTES = 2 * JwtAuthenticator.MAX_TOKEN_LENGTH;

  /** Threads for HTTP handlers, which may block, and requests that may wait for one. */
  private static final int HTTP_THREADS = 16;

  private static final int HTTP_QUEUE = 1_000;

  private static final int HTTP_IDLE_SECONDS = 30;

  /** How long sessions may take to go when the server stops. */
  private static final Duration FAREWELL = Duration.ofSeconds(5);

  private static final String LISTENER = "im";

  private final ImEngine engine;
  private final TyrusContainer container;
  private final HttpServer server;
  private final NetworkListener listener;
  private final FrameFilter frames;

  private TyrusImServer(Builder builder) throws DeploymentException {
    engine = builder.engine;
    int maxFrame = engine.settings().maxFrameBytes();
    container = new TyrusContainer(maxFrame + FRAME_HEADER_BYTES + READ_BYTES);
    container.addEndpoint(
        ImWebSocketEndpoint.config(
            engine, builder.path, new WebSocketOptions(builder.allowedOrigins)));
    container.doneDeployment();
    frames = new FrameFilter(engine);
    listener = new NetworkListener(LISTENER, builder.host, builder.port);
    listener.setTransport(transport(listener.getTransport()));
    listener.setMaxHttpHeaderSize(HTTP_HEAD_BYTES);
    listener.getKeepAlive().setIdleTimeoutInSeconds(HTTP_IDLE_SECONDS);
    String path = builder.path;
    listener.registerAddOn((unused, chain) -> addUpgrade(chain, path));
    server = new HttpServer();
    server.addListener(listener);
    builder.handlers.forEach(
        (mapping, handler) -> server.getServerConfiguration().addHttpHandler(handler, mapping));
  }

  /** A server for an engine, on any free port of all addresses unless told otherwise. */
  public static Builder builder(ImEngine engine) {
    return new Builder(engine);
  }

  private static TCPNIOTransport transport(TCPNIOTransport transport) {
    // Frames are read where they arrive: handling them blocks nobody, and they stay in order. HTTP
    // handlers and upgrades leave that thread.
    transport.setIOStrategy(SameThreadIOStrategy.getInstance());
    transport.setSelectorRunnersCount(Math.max(1, Runtime.getRuntime().availableProcessors()));
    transport.setReadBufferSize(READ_BYTES);
    transport.setTcpNoDelay(true);
    transport.setWorkerThreadPoolConfig(
        ThreadPoolConfig.defaultConfig()
            .copy()
            .setPoolName("im-http")
            .setCorePoolSize(HTTP_THREADS)
            .setMaxPoolSize(HTTP_THREADS)
            .setQueueLimit(HTTP_QUEUE)
            .setKeepAliveTime(1, TimeUnit.MINUTES));
    return transport;
  }

  private void addUpgrade(FilterChainBuilder chain, String path) {
    if (chain.get(chain.indexOfType(IdleTimeoutFilter.class)) instanceof IdleTimeoutFilter idle) {
      frames.sharesConnectionsWith(idle);
    }
    chain.add(
        chain.indexOfType(HttpServerFilter.class),
        new UpgradeFilter(engine, container.getWebSocketEngine(), path, frames));
  }

  private void start() throws IOException {
    try {
      container.start("/", listener.getPort());
      server.start();
    } catch (DeploymentException e) {
      throw new IllegalStateException("the endpoint cannot be deployed", e);
    } catch (IOException | RuntimeException e) {
      container.stop();
      server.shutdownNow();
      throw e;
    }
  }

  /** The port that it listens on. */
  public int port() {
    return listener.getPort();
  }

  /**
   * Stops: the engine is drained, so that clients connect elsewhere (1012), and connections that
   * are still open after 5 s are cut. The engine itself stays open. Idempotent; blocks.
   */
  @Override
  public void close() {
    engine.drain();
    frames.awaitEnd(FAREWELL);
    server.shutdownNow();
    container.stop();
  }

  /** What a server is made of. */
  public static final class Builder {

    private final ImEngine engine;
    private final Map<String, HttpHandler> handlers = new LinkedHashMap<>();
    private String host = "0.0.0.0";
    private int port;
    private String path = "/ws";
    private AllowedOrigins allowedOrigins = AllowedOrigins.ownHost();

    private Builder(ImEngine engine) {
      this.engine = engine;
    }

    /** The address or name of the interface to listen on; by default all of them. */
    public Builder host(String host) {
      this.host = host;
      return this;
    }

    /** The port; 0, the default, for any that is free. */
    public Builder port(int port) {
      if (port < 0 || port > 65_535) {
        throw new IllegalArgumentException("port is " + port + ", expected 0 to 65535");
      }
      this.port = port;
      return this;
    }

    /** The path of the WebSocket; {@code /ws} by default. */
    public Builder path(String path) {
      if (!path.startsWith("/")) {
        throw new IllegalArgumentException("path is '" + path + "', expected it to begin with /");
      }
      this.path = path;
      return this;
    }

    /** From which web pages browsers may connect; by default only from this host's own. */
    public Builder allowedOrigins(AllowedOrigins origins) {
      this.allowedOrigins = origins;
      return this;
    }

    /**
     * Adds a handler for other requests. It runs on a thread of its own pool and may block.
     *
     * @param mapping a servlet-style pattern: {@code /api/*}, {@code /}
     */
    public Builder httpHandler(HttpHandler handler, String mapping) {
      handlers.put(mapping, handler);
      return this;
    }

    /**
     * Starts the server.
     *
     * @throws IOException when it cannot listen there
     * @throws IllegalArgumentException when the path is not one that an endpoint can have
     */
    public TyrusImServer start() throws IOException {
      TyrusImServer server;
      try {
        server = new TyrusImServer(this);
      } catch (DeploymentException e) {
        throw new IllegalArgumentException("path '" + path + "' cannot be used", e);
      }
      server.start();
      return server;
    }
  }
}
