package io.embedim.transport.ws;

import io.embedim.core.ImEngine;
import jakarta.websocket.CloseReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.EmptyCompletionHandler;
import org.glassfish.grizzly.WriteResult;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.nio.transport.TCPNIOConnection;
import org.glassfish.tyrus.spi.CompletionHandler;
import org.glassfish.tyrus.spi.ReadHandler;
import org.glassfish.tyrus.spi.Writer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket between Grizzly's connection and Tyrus.
 *
 * <p>It ends softly and surely: after the last frame it sends no more but goes on reading for a
 * moment, because closing a socket with unread data makes the system throw away what the client has
 * not read yet, the reason included; and after that moment it is cut, whatever the client does.
 */
final class GrizzlyChannel extends Writer {

  private static final Logger LOG = LoggerFactory.getLogger(GrizzlyChannel.class);

  /** How long a closed connection may take to go. */
  private static final Duration LINGER = Duration.ofSeconds(2);

  /** Writes under way: the engine's one, and answers to pings that a client does not read. */
  private static final int MAX_WRITES = 64;

  private final ImEngine engine;
  private final TCPNIOConnection connection;
  private final FrameGuard guard;

  /** Held while bytes are handed to Tyrus, so that they keep their order. */
  private final Object reading = new Object();

  /** What arrived before Tyrus was there to take it. */
  private @Nullable ByteArrayOutputStream early = new ByteArrayOutputStream();

  private volatile org.glassfish.tyrus.spi.@Nullable Connection tyrus;
  private @Nullable Runnable cancelCut;
  private int writes;
  private boolean closing;
  private boolean gone;

  GrizzlyChannel(ImEngine engine, TCPNIOConnection connection) {
    this.engine = engine;
    this.connection = connection;
    guard = new FrameGuard(engine.settings().maxFrameBytes());
  }

  /** Tyrus is there; it gets what came meanwhile before anything that comes from now on. */
  void opened(org.glassfish.tyrus.spi.Connection opened) {
    synchronized (reading) {
      tyrus = opened;
      ByteArrayOutputStream before = early;
      early = null;
      if (before != null && before.size() > 0) {
        deliver(ByteBuffer.wrap(before.toByteArray()));
      }
    }
  }

  /**
   * Bytes arrived. Grizzly does not always stop reading while an upgrade is decided on, so they may
   * come before {@link #opened}.
   */
  void received(ByteBuffer data) {
    synchronized (reading) {
      if (early == null) {
        deliver(data);
      } else if (early.size() + data.remaining() > engine.settings().maxFrameBytes()) {
        connection.terminateSilently();
      } else {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        early.writeBytes(bytes);
      }
    }
  }

  private void deliver(ByteBuffer data) {
    org.glassfish.tyrus.spi.Connection open = tyrus;
    if (open == null || isClosing()) {
      return;
    }
    if (guard.finds(data)) {
      open.close(
          new CloseReason(
              CloseReason.CloseCodes.TOO_BIG,
              "frame too large, at most "
                  + engine.settings().maxFrameBytes()
                  + " bytes are allowed"));
      return;
    }
    ReadHandler reader = open.getReadHandler();
    reader.handle(data);
  }

  /**
   * The connection is gone.
   *
   * @return whether that is news
   */
  boolean disconnected() {
    Runnable cancel;
    synchronized (this) {
      if (gone) {
        return false;
      }
      gone = true;
      closing = true;
      cancel = cancelCut;
    }
    if (cancel != null) {
      cancel.run();
    }
    org.glassfish.tyrus.spi.Connection open = tyrus;
    if (open != null) {
      open.close(new CloseReason(CloseReason.CloseCodes.CLOSED_ABNORMALLY, null));
    }
    return true;
  }

  @Override
  public void write(ByteBuffer buffer, @Nullable CompletionHandler<ByteBuffer> handler) {
    if (!begin()) {
      fail(handler);
      return;
    }
    connection.write(
        Buffers.wrap(connection.getMemoryManager(), buffer),
        new EmptyCompletionHandler<WriteResult<Buffer, SocketAddress>>() {
          @Override
          public void completed(WriteResult<Buffer, SocketAddress> result) {
            written();
            if (handler != null) {
              handler.completed(buffer);
            }
          }

          @Override
          public void failed(Throwable failure) {
            written();
            if (handler != null) {
              handler.failed(failure);
            }
          }

          @Override
          public void cancelled() {
            written();
            fail(handler);
          }
        });
  }

  /** Counts a write in; false when there is to be none. */
  private boolean begin() {
    synchronized (this) {
      if (closing) {
        return false;
      }
      if (writes < MAX_WRITES) {
        writes++;
        return true;
      }
      closing = true;
    }
    // Not under the lock: this comes back through Tyrus, which has locks of its own.
    LOG.debug("{} does not read the answers to its pings", connection);
    connection.terminateSilently();
    return false;
  }

  private static void fail(@Nullable CompletionHandler<ByteBuffer> handler) {
    if (handler != null) {
      handler.failed(new IOException("the connection is closed"));
    }
  }

  /** Tyrus has written its last frame. */
  @Override
  public void close() {
    synchronized (this) {
      if (closing) {
        return;
      }
      closing = true;
      cancelCut = engine.schedule(LINGER, connection::terminateSilently);
      if (writes > 0) {
        return;
      }
    }
    sendNoMore();
  }

  private void written() {
    synchronized (this) {
      writes--;
      if (!closing || writes > 0) {
        return;
      }
    }
    sendNoMore();
  }

  private synchronized boolean isClosing() {
    return closing;
  }

  private void sendNoMore() {
    try {
      if (connection.getChannel() instanceof SocketChannel channel) {
        channel.shutdownOutput();
      }
    } catch (IOException e) {
      LOG.debug("{} was gone before it was closed", connection, e);
      connection.closeSilently();
    }
  }
}
