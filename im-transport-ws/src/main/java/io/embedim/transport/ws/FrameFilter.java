package io.embedim.transport.ws;

import io.embedim.core.ImEngine;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChain;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.filterchain.TransportFilter;
import org.glassfish.grizzly.nio.transport.TCPNIOConnection;
import org.glassfish.grizzly.utils.IdleTimeoutFilter;
import org.glassfish.tyrus.spi.WebSocketEngine;
import org.jspecify.annotations.Nullable;

/** Carries bytes between upgraded connections and their {@link GrizzlyChannel}s. */
final class FrameFilter extends BaseFilter {

  private static final Attribute<GrizzlyChannel> CHANNEL =
      Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(GrizzlyChannel.class.getName());

  private final ImEngine engine;
  private final FilterChain chain;
  private final Lock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private @Nullable IdleTimeoutFilter idleTimeouts;
  private int open;

  FrameFilter(ImEngine engine) {
    this.engine = engine;
    chain = FilterChainBuilder.stateless().add(new TransportFilter()).add(this).build();
  }

  /** The HTTP server's filter that keeps a list of all connections. Called before the start. */
  void sharesConnectionsWith(IdleTimeoutFilter filter) {
    idleTimeouts = filter;
  }

  /**
   * Takes over what arrives on a connection that asks for an upgrade.
   *
   * @param early what the client sent before it had an answer
   */
  GrizzlyChannel take(TCPNIOConnection connection, Buffer early) {
    GrizzlyChannel channel = new GrizzlyChannel(engine, connection);
    CHANNEL.set(connection, channel);
    connection.configureBlocking(false);
    count(1);
    if (early.hasRemaining()) {
      channel.received(early.toByteBuffer());
    }
    connection.setProcessor(chain);
    return channel;
  }

  /** The upgrade was answered. */
  void open(
      TCPNIOConnection connection, GrizzlyChannel channel, WebSocketEngine.UpgradeInfo upgrade) {
    channel.opened(upgrade.createConnection(channel, reason -> channel.close()));
    if (!connection.isOpen()) {
      // It may have gone while the HTTP server was still in charge, which does not tell us.
      end(connection);
    }
  }

  @Override
  public NextAction handleRead(FilterChainContext context) {
    Buffer data = context.getMessage();
    GrizzlyChannel channel = CHANNEL.get(context.getConnection());
    if (channel != null) {
      channel.received(data.toByteBuffer());
    }
    data.tryDispose();
    return context.getStopAction();
  }

  @Override
  public NextAction handleClose(FilterChainContext context) throws IOException {
    end(context.getConnection());
    if (idleTimeouts != null) {
      idleTimeouts.handleClose(context);
    }
    return context.getStopAction();
  }

  private void end(Connection<?> connection) {
    GrizzlyChannel channel = CHANNEL.remove(connection);
    if (channel != null && channel.disconnected()) {
      count(-1);
    }
  }

  private void count(int change) {
    lock.lock();
    try {
      open += change;
      if (open == 0) {
        ended.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until all connections are gone, but not for ever. */
  void awaitEnd(Duration atMost) {
    long nanos = atMost.toNanos();
    lock.lock();
    try {
      while (open > 0 && nanos > 0) {
        nanos = ended.awaitNanos(nanos);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }
}
