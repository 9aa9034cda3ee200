package io.embedim.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Any number of clients, played by one thread: the one that calls. So its CPU time is the whole
 * cost of the generator.
 */
public final class ClientLoop implements AutoCloseable {

  /** More than the largest frame that a server sends here. */
  private static final int READ_BYTES = 1024 * 1024;

  private static final int MOST_MILLIS_ASLEEP = 100;

  /** How long the thread rests while it waits for a moment; the system adds about as much. */
  private static final long REST_NANOS = 50_000;

  private final Selector selector;
  private final ByteBuffer incoming = ByteBuffer.allocateDirect(READ_BYTES);

  public ClientLoop() throws IOException {
    selector = Selector.open();
  }

  /** Begins to connect to a server on this machine; the listener hears when it is done. */
  public Client connect(int port, String path, FrameListener listener) {
    String request =
        "GET "
            + path
            + " HTTP/1.1\r\nHost: 127.0.0.1:"
            + port
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
    try {
      SocketChannel channel = SocketChannel.open();
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
      Client client =
          new Client(channel, key, request.getBytes(StandardCharsets.US_ASCII), listener);
      key.attach(client);
      if (channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
        key.interestOps(SelectionKey.OP_READ);
        client.flush();
      }
      return client;
    } catch (IOException e) {
      throw new IllegalStateException("cannot connect to port " + port, e);
    }
  }

  /** Handles what comes until {@code done}. */
  public void until(BooleanSupplier done, Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("the server did not answer within " + atMost);
      }
      turn(MOST_MILLIS_ASLEEP);
    }
  }

  /** Handles what comes for so long. */
  public void during(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      turn(Math.max(1, Math.min(MOST_MILLIS_ASLEEP, left / 1_000_000)));
    }
  }

  /** Handles what comes until a moment that is near, of {@link System#nanoTime}. */
  void untilNanos(long moment) {
    while (true) {
      int handled = turnNow();
      long left = moment - System.nanoTime();
      if (left <= 0) {
        return;
      }
      if (handled == 0) {
        LockSupport.parkNanos(Math.min(left, REST_NANOS));
      }
    }
  }

  private void turn(long millis) {
    try {
      selector.select(this::handle, millis);
    } catch (IOException e) {
      throw new IllegalStateException("the selector broke", e);
    }
  }

  private int turnNow() {
    try {
      return selector.selectNow(this::handle);
    } catch (IOException e) {
      throw new IllegalStateException("the selector broke", e);
    }
  }

  private void handle(SelectionKey key) {
    if (key.isValid() && key.attachment() instanceof Client client) {
      client.ready(incoming);
    }
  }

  /** Cuts all connections. */
  @Override
  public void close() throws IOException {
    for (SelectionKey key : selector.keys()) {
      if (key.attachment() instanceof Client client) {
        client.abort();
      }
    }
    selector.close();
  }
}
