package io.embedim.examples.server.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.embedim.examples.server.e2e.LogCheck.Written;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A user who writes to another without end, whatever happens to the server: comes back when the
 * connection is lost, and repeats every message under its id until it is acknowledged.
 */
final class PersistentWriter implements AutoCloseable {

  private static final Duration BACK_OFF = Duration.ofMillis(50);

  private final ServerApi api;
  private final String token;
  private final String user;
  private final String peer;
  private final int window;
  private final Thread thread;

  private final List<Written> written = new ArrayList<>();
  private final Map<String, String> unacknowledged = new LinkedHashMap<>();
  private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
  private final Map<Long, String> heard = new ConcurrentHashMap<>();
  private final List<String> violations = new CopyOnWriteArrayList<>();
  private volatile boolean stopping;
  private volatile boolean closed;

  /**
   * Begins to write.
   *
   * @param window how many messages may wait for their acknowledgement
   */
  PersistentWriter(ServerApi api, String user, String peer, int window) {
    this.api = api;
    this.token = api.login(user);
    this.user = user;
    this.peer = peer;
    this.window = window;
    this.thread = new Thread(this::run, "writer " + user);
    thread.start();
  }

  int acknowledgedCount() {
    return acknowledged.size();
  }

  /** Whether it still writes; a fault ends it early and is among the violations. */
  boolean isWriting() {
    return thread.isAlive();
  }

  /** Writes nothing new, and returns when everything written is acknowledged. */
  void finish() {
    stopping = true;
    Eventually.until(user + " has every acknowledgement", () -> !thread.isAlive());
  }

  // To be asked when it has finished.

  List<Written> written() {
    return written;
  }

  Map<String, Long> acknowledged() {
    return acknowledged;
  }

  /** What arrived live: message ids by seq. */
  Map<Long, String> heard() {
    return heard;
  }

  /** What the server did that it must not do. */
  List<String> violations() {
    return violations;
  }

  private void run() {
    while (!closed && !isDone()) {
      try (SocketClient socket = api.connect(token, "device-of-" + user)) {
        talk(socket);
      } catch (IOException e) {
        LockSupport.parkNanos(BACK_OFF.toNanos()); // The server is down.
      }
    }
  }

  private boolean isDone() {
    return !violations.isEmpty() || (stopping && unacknowledged.isEmpty());
  }

  private void talk(SocketClient socket) {
    BooleanSupplier isOver = () -> closed || isDone();
    @Nullable JsonNode frame = socket.next();
    if (frame == null) {
      return;
    }
    expect(Frames.type(frame) == Frames.WELCOME, "before anything else came " + frame);
    unacknowledged.forEach((id, text) -> socket.send(Frames.message(id, peer, text)));
    while (!isOver.getAsBoolean()) {
      while (!stopping && unacknowledged.size() < window) {
        socket.send(nextMessage());
      }
      frame = socket.next();
      if (frame == null || Frames.isUnavailable(frame)) {
        return; // Everything that is open is repeated in its order, on another connection.
      }
      take(frame);
    }
  }

  private JsonNode nextMessage() {
    int number = written.size() + 1;
    String id = user + '-' + number;
    String text = "message " + number + " of " + user;
    written.add(new Written(user, id, text));
    unacknowledged.put(id, text);
    return Frames.message(id, peer, text);
  }

  private void take(JsonNode frame) {
    String id = Frames.id(frame);
    long seq = Frames.seq(frame);
    switch (Frames.type(frame)) {
      case Frames.ACK -> {
        unacknowledged.remove(id);
        Long before = acknowledged.putIfAbsent(id, seq);
        expect(before == null || before == seq, id + " is at " + before + ", and then at " + seq);
      }
      case Frames.MESSAGE -> {
        String before = heard.putIfAbsent(seq, id);
        expect(before == null || before.equals(id), seq + " is " + before + ", and then " + id);
      }
      case Frames.ERROR -> expect(false, "an error: " + frame);
      default -> {} // Presence, cursors and the like say nothing about the log.
    }
  }

  private void expect(boolean holds, String complaint) {
    if (!holds) {
      violations.add(complaint);
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
