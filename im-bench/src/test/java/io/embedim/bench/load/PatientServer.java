package io.embedim.bench.load;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server for one talk of two that answers nothing before it has a number of messages, and then
 * all of them.
 */
final class PatientServer implements AutoCloseable {

  private static final String CHAT = "{\"type\":1,";

  private final int messages;
  private final ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<OutputStream> clients = new ArrayList<>();
  private int received;

  PatientServer(int messages) throws IOException {
    this.messages = messages;
    threads.execute(
        () -> {
          try {
            while (true) {
              Socket client = socket.accept();
              // Here, where they come one after the other: the receiver connects before the sender.
              add(client.getOutputStream());
              threads.execute(() -> serve(client));
            }
          } catch (IOException e) {
            threads.shutdown();
          }
        });
  }

  int port() {
    return socket.getLocalPort();
  }

  private void serve(Socket client) {
    try (client) {
      DataInputStream input = new DataInputStream(client.getInputStream());
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) input.readByte());
      }
      client.getOutputStream().write("HTTP/1.1 101 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      send(client.getOutputStream(), "{\"type\":91}");
      while (true) {
        String text = readText(input);
        if (text.startsWith(CHAT)) {
          count();
        }
      }
    } catch (IOException e) {
      // The generator has gone.
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void add(OutputStream client) {
    clients.add(client);
  }

  private static String readText(DataInputStream input) throws IOException {
    input.readByte();
    int length = input.readByte() & 0x7F;
    if (length == 126) {
      length = input.readUnsignedShort();
    }
    input.readInt();
    return new String(input.readNBytes(length), StandardCharsets.UTF_8);
  }

  private synchronized void count() throws IOException {
    received++;
    if (received == messages) {
      for (int i = 0; i < messages; i++) {
        send(clients.get(0), CHAT + "\"seq\":" + (i + 1) + "}");
        send(clients.get(1), "{\"type\":20}");
      }
    }
  }

  private static void send(OutputStream output, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    output.write(
        ByteBuffer.allocate(2 + bytes.length)
            .put((byte) 0x81)
            .put((byte) bytes.length)
            .put(bytes)
            .array());
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
