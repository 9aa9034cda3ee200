package io.embedim.store.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a driver and its server and counts the round trips: how often the driver sends
 * something after the server has answered.
 */
final class CountingProxy implements AutoCloseable {

  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final int serverPort;
  private final AtomicInteger roundTrips = new AtomicInteger();

  CountingProxy(int serverPort) throws IOException {
    this.serverPort = serverPort;
    start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** How many there were since the last time that this was asked. */
  int roundTrips() {
    return roundTrips.getAndSet(0);
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = listener.accept();
      Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      Link link = new Link();
      start(() -> pump(client, server, link::asked));
      start(() -> pump(server, client, link::answered));
    }
  }

  private static void pump(Socket from, Socket to, Runnable passing) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        passing.run();
        out.write(buffer, 0, count);
      }
    }
  }

  /** Whose turn it is on one connection. */
  private final class Link {

    private boolean answered = true;

    synchronized void asked() {
      if (answered) {
        answered = false;
        roundTrips.incrementAndGet();
      }
    }

    synchronized void answered() {
      answered = true;
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (SocketException closed) {
                // One side has closed, and so does the other.
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
  }
}
