package io.embedim.examples.server.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * A WebSocket that reads when it is told to and not before, which no library does. Its receive
 * buffer is small, so that what it does not read piles up at the server.
 */
final class PlainSocket implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int RECEIVE_BUFFER = 4 * 1024;

  private static final int FINAL = 0x80;
  private static final int MASKED = 0x80;
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;

  private final Socket socket = new Socket();
  private final DataInputStream in;
  private int closeCode;

  private PlainSocket(int port, String path) throws IOException {
    // Only before it is connected does this limit what the other end may send ahead.
    socket.setReceiveBufferSize(RECEIVE_BUFFER);
    socket.setSoTimeout((int) Eventually.LIMIT.toMillis());
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setTcpNoDelay(true);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    String request =
        "GET "
            + path
            + " HTTP/1.1\r\nHost: 127.0.0.1:"
            + port
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + "Sec-WebSocket-Protocol: im.v1.json\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    String status = line();
    if (!status.contains(" 101 ")) {
      throw new IOException("the upgrade was answered by " + status);
    }
    while (!line().isEmpty()) {}
  }

  /** Upgrades, and reads nothing behind that. */
  static PlainSocket open(ServerApi api, String user) throws IOException {
    String token = api.login(user);
    return new PlainSocket(api.port(), api.socketPath(token, "plain-of-" + user));
  }

  /** Sends a text frame. */
  void send(JsonNode frame) throws IOException {
    write(TEXT, frame.toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Waits for the next frames, one or an array of them.
   *
   * @return empty when the server has closed the connection; {@link #closeCode} says why
   */
  List<JsonNode> read() throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    while (true) {
      int head;
      try {
        head = in.readUnsignedByte();
      } catch (EOFException | SocketException e) {
        return List.of();
      }
      byte[] payload = in.readNBytes(length());
      switch (head & 0x0f) {
        case CLOSE -> {
          closeCode = payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xffff;
          return List.of();
        }
        case PING -> write(PONG, payload);
        case PONG -> {}
        default -> {
          message.writeBytes(payload);
          if ((head & FINAL) != 0) {
            return frames(message.toByteArray());
          }
        }
      }
    }
  }

  /** The code that the server closed with; 0 when it said none. */
  int closeCode() {
    return closeCode;
  }

  private int length() throws IOException {
    int length = in.readUnsignedByte();
    return switch (length) {
      case 126 -> in.readUnsignedShort();
      case 127 -> Math.toIntExact(in.readLong());
      default -> length;
    };
  }

  private static List<JsonNode> frames(byte[] text) throws IOException {
    JsonNode frames = JSON.readTree(text);
    return frames.isArray()
        ? StreamSupport.stream(frames.spliterator(), false).toList()
        : List.of(frames);
  }

  private void write(int opcode, byte[] payload) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 8);
    frame.put((byte) (FINAL | opcode));
    if (payload.length < 126) {
      frame.put((byte) (MASKED | payload.length));
    } else {
      frame.put((byte) (MASKED | 126)).putShort((short) payload.length);
    }
    // A mask of zeros is a mask, and leaves the payload as it is.
    frame.putInt(0).put(payload);
    socket.getOutputStream().write(frame.array(), 0, frame.position());
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
