package io.embedim.examples.server.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.HashSet;
import java.util.Set;

/** The way from one client to the server, which can be cut and mended. */
final class CuttableWire implements AutoCloseable {

  private final ServerSocket entrance;
  private final int exit;
  private final Set<Socket> open = new HashSet<>();
  private boolean cut;

  /** Leads to this port of 127.0.0.1. */
  CuttableWire(int exit) throws IOException {
    this.exit = exit;
    entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start("wire", this::accept);
  }

  /** The address of the page at this end of the wire. */
  URI page() {
    return URI.create("http://127.0.0.1:" + entrance.getLocalPort() + "/");
  }

  /** Every connection ends, and no new one comes about. */
  synchronized void cut() {
    cut = true;
    open.forEach(CuttableWire::end);
    open.clear();
  }

  synchronized void mend() {
    cut = false;
  }

  private void accept() {
    while (true) {
      Socket client;
      try {
        client = entrance.accept();
      } catch (IOException e) {
        return; // The entrance was closed.
      }
      connect(client);
    }
  }

  private void connect(Socket client) {
    Socket server;
    try {
      server = new Socket(InetAddress.getLoopbackAddress(), exit);
    } catch (IOException e) {
      end(client); // The server does not take this connection: so neither do we.
      return;
    }
    synchronized (this) {
      open.add(client);
      open.add(server);
      if (cut) {
        cut();
        return;
      }
    }
    start("wire in", () -> carry(client, server));
    start("wire out", () -> carry(server, client));
  }

  private void carry(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      end(from);
      end(to);
    }
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException("a socket cannot be closed", e);
    }
  }

  private static void start(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    entrance.close();
    cut();
  }
}
