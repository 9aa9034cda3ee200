package io.embedim.transport.ws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** A WebSocket client that speaks bytes, so that it can also say what no library would. */
public final class RawClient implements AutoCloseable {

  public static final int CONTINUATION = 0;
  public static final int TEXT = 1;
  public static final int BINARY = 2;
  public static final int CLOSE = 8;
  public static final int PING = 9;
  public static final int PONG = 10;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Never reached by a server that answers; a test that hangs should say where. */
  private static final int READ_TIMEOUT_MILLIS = 30_000;

  final Socket socket;
  final OutputStream out;
  private final DataInputStream in;
  private final ByteArrayOutputStream parts = new ByteArrayOutputStream();
  private int partsOpcode;
  private String statusLine = "";
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  /** What came over the wire. */
  public record Frame(int opcode, ByteBuffer payload) {
    public String text() {
      return StandardCharsets.UTF_8.decode(payload.duplicate()).toString();
    }

    public int closeCode() {
      return payload.remaining() < 2 ? 1005 : payload.getShort(0) & 0xffff;
    }
  }

  public RawClient(int port) throws IOException {
    this(port, new Socket());
  }

  /** Takes next to nothing before it is read. */
  public static RawClient withLittleRoom(int port) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4_096);
    return new RawClient(port, socket);
  }

  private RawClient(int port, Socket socket) throws IOException {
    this.socket = socket;
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setSoTimeout(READ_TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    out = socket.getOutputStream();
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
  }

  /** Connects and upgrades; the answer has to be 101. */
  static RawClient open(TestServer server, String target, String... headers) throws IOException {
    RawClient client = new RawClient(server.port());
    client.upgrade(target, headers);
    if (client.status() != 101) {
      throw new IllegalStateException(client.statusLine);
    }
    return client;
  }

  /** Connects as a user and waits for WELCOME. */
  static RawClient login(TestServer server, String user) throws IOException {
    RawClient client = open(server, "/ws?token=" + user);
    JsonNode welcome = client.json();
    if (welcome.path("type").asInt() != 91) {
      throw new IllegalStateException(welcome.toString());
    }
    return client;
  }

  /** Asks for a page and reads the head of the answer. */
  void get(String target) throws IOException {
    String request = "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    out.write(request.getBytes(StandardCharsets.ISO_8859_1));
    readHead();
  }

  /** Asks for an upgrade and reads the head of the answer. */
  public void upgrade(String target, String... extraHeaders) throws IOException {
    beginUpgrade(target, extraHeaders);
    readHead();
  }

  /** Asks for an upgrade; whoever does has to {@link #readHead()} later. */
  void beginUpgrade(String target, String... extraHeaders) throws IOException {
    out.write(upgradeRequest(target, extraHeaders));
  }

  /** Does not wait for the answer before it sends its first frame. */
  public void upgradeAndSend(String target, String text) throws IOException {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.write(upgradeRequest(target));
    both.write(0x81);
    both.write(0x80 | text.length());
    both.write(new byte[4]);
    both.write(text.getBytes(StandardCharsets.US_ASCII));
    out.write(both.toByteArray());
    readHead();
  }

  private byte[] upgradeRequest(String target, String... extraHeaders) {
    StringBuilder request =
        new StringBuilder()
            .append("GET ")
            .append(target)
            .append(" HTTP/1.1\r\nHost: 127.0.0.1:")
            .append(socket.getPort())
            .append("\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n")
            .append("Sec-WebSocket-Version: 13\r\n")
            .append("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
    for (String header : extraHeaders) {
      request.append(header).append("\r\n");
    }
    return request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  void readHead() throws IOException {
    statusLine = line();
    for (String header = line(); !header.isEmpty(); header = line()) {
      int colon = header.indexOf(':');
      headers.put(header.substring(0, colon), header.substring(colon + 1).trim());
    }
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

  public int status() {
    return Integer.parseInt(statusLine.split(" ", 3)[1]);
  }

  public String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /** The body of an answer that is no upgrade. */
  public String body() throws IOException {
    return new String(
        in.readNBytes(Integer.parseInt(header("Content-Length"))), StandardCharsets.UTF_8);
  }

  public void send(String text) throws IOException {
    send(TEXT, true, text.getBytes(StandardCharsets.UTF_8));
  }

  public void send(int opcode, boolean last, byte[] payload) throws IOException {
    sendHead(opcode, last, payload.length);
    byte[] mask = {1, 2, 3, 4};
    out.write(mask);
    byte[] masked = new byte[payload.length];
    for (int i = 0; i < payload.length; i++) {
      masked[i] = (byte) (payload[i] ^ mask[i & 3]);
    }
    out.write(masked);
    out.flush();
  }

  /** Begins a frame: everything before the mask. */
  public void sendHead(int opcode, boolean last, long length) throws IOException {
    out.write((last ? 0x80 : 0) | opcode);
    if (length >= 0 && length < 126) {
      out.write(0x80 | (int) length);
    } else if (length >= 0 && length < 65_536) {
      out.write(0x80 | 126);
      out.write((int) length >> 8);
      out.write((int) length);
    } else {
      out.write(0x80 | 127);
      out.write(ByteBuffer.allocate(8).putLong(length).array());
    }
  }

  /** The next message, put together where it came in parts, or the next control frame. */
  public Frame read() throws IOException {
    while (true) {
      int first = in.readUnsignedByte();
      long length = in.readUnsignedByte();
      if (length == 126) {
        length = in.readUnsignedShort();
      } else if (length == 127) {
        length = in.readLong();
      }
      byte[] payload = in.readNBytes((int) length);
      int opcode = first & 0x0f;
      if (opcode >= CLOSE) {
        return new Frame(opcode, ByteBuffer.wrap(payload));
      }
      if (opcode != CONTINUATION) {
        partsOpcode = opcode;
      }
      parts.write(payload);
      if ((first & 0x80) != 0) {
        Frame whole = new Frame(partsOpcode, ByteBuffer.wrap(parts.toByteArray()));
        parts.reset();
        return whole;
      }
    }
  }

  /** The next text frame as JSON. */
  public JsonNode json() throws IOException {
    Frame frame = read();
    if (frame.opcode() != TEXT) {
      throw new IllegalStateException(
          "opcode " + frame.opcode() + (frame.opcode() == CLOSE ? " " + frame.closeCode() : ""));
    }
    return JSON.readTree(frame.text());
  }

  /** How much has come and was not read, in bytes. */
  public int available() throws IOException {
    return in.available();
  }

  /** Sends a text and reads the next frame. */
  JsonNode ask(String text) throws IOException {
    send(text);
    return json();
  }

  /** Reads on until the server closes, and gives its code; 1006 when it said none. */
  public int readCloseCode() throws IOException {
    try {
      while (true) {
        Frame frame = read();
        if (frame.opcode() == CLOSE) {
          return frame.closeCode();
        }
      }
    } catch (EOFException | SocketException e) {
      return 1006;
    }
  }

  /** Whether the server has closed the connection, once it has. */
  public boolean ended() throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketException e) {
      return true;
    }
  }

  /** Writes this again and again; whether the connection broke before so many bytes were out. */
  boolean writeUntilBroken(byte[] data, long atMost) {
    try {
      for (long sent = 0; sent < atMost; sent += data.length) {
        out.write(data);
      }
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /**
   * Whether the server has let go of the connection for good, which a client that does not read
   * notices by what it sends.
   */
  public boolean isCut() {
    try {
      send(PING, true, new byte[] {1});
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** Goes without a word, as a phone does in a tunnel. */
  public void abort() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
