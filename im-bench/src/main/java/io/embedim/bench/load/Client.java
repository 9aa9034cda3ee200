package io.embedim.bench.load;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A WebSocket of the load generator. Used by the thread that turns its {@link ClientLoop} only. */
public final class Client {

  private static final String SWITCHING = "HTTP/1.1 101 ";
  private static final byte[] NOTHING = {};

  private final SocketChannel channel;
  private final SelectionKey key;
  private final FrameListener listener;

  /** Bytes of a frame that is not all there yet. */
  private byte[] partial = NOTHING;

  private ByteBuffer outgoing = ByteBuffer.allocate(4 * 1024);
  private boolean upgraded;
  private boolean closed;

  Client(SocketChannel channel, SelectionKey key, byte[] request, FrameListener listener) {
    this.channel = channel;
    this.key = key;
    this.listener = listener;
    put(request);
  }

  /** Queues a whole frame; {@link #flush} writes it. */
  void put(byte[] frame) {
    if (outgoing.remaining() < frame.length) {
      ByteBuffer larger =
          ByteBuffer.allocate(
              2 * Math.max(outgoing.capacity(), outgoing.position() + frame.length));
      outgoing.flip();
      outgoing = larger.put(outgoing);
    }
    outgoing.put(frame);
  }

  /** Writes what is queued, as far as the system takes it now. */
  void flush() {
    try {
      outgoing.flip();
      channel.write(outgoing);
      boolean all = !outgoing.hasRemaining();
      outgoing.compact();
      int interest = all ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE;
      if (key.interestOps() != interest) {
        key.interestOps(interest);
      }
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** Cuts the connection, so that the system keeps nothing of it. */
  public void abort() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      channel.close();
    } catch (IOException e) {
      throw broken(e);
    }
  }

  void ready(ByteBuffer shared) {
    try {
      if (key.isConnectable() && channel.finishConnect()) {
        key.interestOps(SelectionKey.OP_READ);
        flush();
      } else {
        if (key.isWritable()) {
          flush();
        }
        if (key.isReadable()) {
          read(shared);
        }
      }
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private void read(ByteBuffer shared) throws IOException {
    shared.clear().put(partial);
    if (channel.read(shared) < 0) {
      throw new IllegalStateException("the server closed a connection");
    }
    shared.flip();
    int at = upgraded ? 0 : answer(shared);
    Frames.Place place = upgraded ? Frames.find(shared, at) : null;
    while (place != null && !closed) {
      handle(shared, place);
      at = place.end();
      place = Frames.find(shared, at);
    }
    keep(shared, at);
  }

  private void handle(ByteBuffer shared, Frames.Place place) {
    if (place.opcode() == Frames.TEXT) {
      listener.onText(this, shared, place.from(), place.length());
    } else {
      throw new IllegalStateException(
          (place.opcode() == Frames.CLOSE ? "the server closes: " : "not expected: ")
              + text(shared, place.from(), place.length()));
    }
  }

  /** Reads the answer to the upgrade; tells where it ends, or 0 when it is not all there. */
  private int answer(ByteBuffer shared) {
    String head = text(shared, 0, shared.limit());
    int end = head.indexOf("\r\n\r\n");
    if (end < 0) {
      return 0;
    }
    if (!head.startsWith(SWITCHING)) {
      throw new IllegalStateException("no upgrade: " + head.substring(0, head.indexOf('\r')));
    }
    upgraded = true;
    listener.onOpen(this);
    return end + 4;
  }

  private void keep(ByteBuffer shared, int from) {
    int left = shared.limit() - from;
    if (left == 0 || closed) {
      partial = NOTHING;
      return;
    }
    if (left == shared.capacity()) {
      throw new IllegalStateException("a frame is larger than " + left + " bytes");
    }
    partial = new byte[left];
    shared.position(from).get(partial);
  }

  static String text(ByteBuffer bytes, int from, int length) {
    byte[] copy = new byte[length];
    bytes.get(from, copy);
    return new String(copy, StandardCharsets.UTF_8);
  }

  private static IllegalStateException broken(@Nullable IOException cause) {
    return new IllegalStateException("a connection to the server broke", cause);
  }
}
