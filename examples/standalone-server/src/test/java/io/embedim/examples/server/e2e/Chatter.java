package io.embedim.examples.server.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * A user who chats with a partner as fast as the server acknowledges, and writes long messages to
 * somebody else at the same time. Notices everything that is not as it should be.
 */
final class Chatter implements AutoCloseable {

  /** Messages that may wait for their acknowledgement. */
  private static final int WINDOW = 8;

  /** Entries after which one receipt is sent for all. */
  private static final int RECEIPT = 50;

  /** Long messages after which the other one is told that somebody types. */
  private static final int TYPING = 20;

  private static final String LONG_TEXT = "0123456789".repeat(1_500);

  private final SocketClient socket;
  private final String user;
  private final String partner;
  private final LogFollower withPartner = new LogFollower();
  private final Map<String, LogFollower> withOthers = new HashMap<>();
  private final Map<String, Long> underWay = new HashMap<>();
  private int written;
  private long lastHeard;
  private long receipted;

  /** One stretch of chatting: how many messages go to the partner, and how many to the other. */
  record Stretch(int toPartner, int toOther) {}

  /** Logs in and connects. */
  Chatter(ServerApi api, String user, String partner) throws IOException {
    this.user = user;
    this.partner = partner;
    socket = api.connect(api.login(user), "device-of-" + user);
  }

  /**
   * Chats until everything is acknowledged and everything of the partner, who does the same at the
   * same time, is here.
   *
   * @param other who gets the long messages
   */
  void chat(Stretch stretch, String other, Measured measured) {
    long end = withPartner.cursor() + 2L * stretch.toPartner();
    int toPartner = stretch.toPartner();
    int toOther = stretch.toOther();
    while (toPartner + toOther > 0 || !underWay.isEmpty() || withPartner.cursor() < end) {
      while (toPartner + toOther > 0 && underWay.size() < WINDOW) {
        if (toPartner > toOther || toOther == 0) {
          toPartner--;
          send(partner, "hello");
        } else {
          if (toOther-- % TYPING == 0) {
            // Not logged, so that a client that lacks it has to be told to sync.
            socket.send(Frames.typing(other));
          }
          send(other, LONG_TEXT);
        }
      }
      take(measured);
    }
    receipt();
  }

  /** What it knows of what it wrote to the other one: the last seq that was acknowledged. */
  long endOf(String other) {
    LogFollower log = withOthers.getOrDefault(Frames.conversation(user, other), new LogFollower());
    if (log.hasGap()) {
      throw new AssertionError("there is a gap in what " + user + " wrote to " + other);
    }
    return log.cursor();
  }

  private void send(String to, String text) {
    String id = user + '-' + ++written;
    long now = System.nanoTime();
    underWay.put(id, now);
    // Both ends live in this JVM, so that the moment can travel in the message.
    socket.send(Frames.message(id, to, now + " " + text));
  }

  private void take(Measured measured) {
    JsonNode frame = socket.next();
    if (frame == null) {
      throw new AssertionError("the connection of " + user + " was closed");
    }
    String id = Frames.id(frame);
    switch (Frames.type(frame)) {
      case Frames.ACK -> {
        Long start = underWay.remove(id);
        if (start == null) {
          throw new AssertionError(user + " got an acknowledgement too many: " + frame);
        }
        measured.acknowledged().since(start);
        String conversation = frame.path("conversation_id").asText();
        LogFollower log =
            conversation.equals(Frames.conversation(user, partner))
                ? withPartner
                : withOthers.computeIfAbsent(conversation, key -> new LogFollower());
        log.take(Frames.seq(frame), id);
      }
      case Frames.MESSAGE -> {
        String text = Frames.text(frame);
        measured.delivered().since(Long.parseLong(text.substring(0, text.indexOf(' '))));
        long seq = Frames.seq(frame);
        if (withPartner.take(seq, id)) {
          if (seq < lastHeard) {
            throw new AssertionError(user + " heard " + lastHeard + " before " + seq);
          }
          lastHeard = seq;
        }
        if (withPartner.cursor() >= receipted + RECEIPT) {
          receipt();
        }
      }
      case Frames.ERROR, Frames.SYNC_REQUIRED ->
          throw new AssertionError(user + " noticed the slow ones: " + frame);
      default -> {} // WELCOME, and how far the partner is.
    }
  }

  private void receipt() {
    receipted = withPartner.cursor();
    if (receipted > 0) {
      socket.send(Frames.received(Frames.conversation(user, partner), receipted));
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
