package io.embedim.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * One sender and all the receivers of what it sends. A message is done when its acknowledgement and
 * every delivery of it have come.
 *
 * <p>Answers come in the order of the messages, so they are told apart by counting; a server that
 * loses or repeats one is found out when the talk is drained.
 */
final class Talk implements FrameListener {

  /** Messages that may be under way; a power of two. */
  private static final int MOST_UNDER_WAY = 1 << 16;

  /**
   * A receiver says how far it is once for so many messages, as clients that gather receipts do.
   */
  private static final int RECEIPT_EVERY = 64;

  private static final int DIGITS = 12;
  private static final String ZEROS = "0".repeat(DIGITS);

  private final int number;
  private final int window;
  private final byte[] frame;
  private final int digitsAt;
  private final Client sender;
  private final List<Receiver> receivers = new ArrayList<>();
  private final long[] intended = new long[MOST_UNDER_WAY];
  private @Nullable Histogram ackNanos;
  private @Nullable Histogram deliveryNanos;
  private boolean running;
  private int welcomed;
  private long sent;
  private long acked;
  private long deliveries;

  Talk(ClientLoop loop, int port, int number, Crowd crowd) {
    this.number = number;
    this.window = crowd.window();
    String payload =
        "{\"type\":1,\"message_id\":\"m"
            + ZEROS
            + "\",\"to\":\"r"
            + number
            + "\",\"content\":{\"text\":\"a sentence as people write them to each other\"}}";
    frame = Frames.text(payload);
    digitsAt =
        Frames.headerBytes(payload.getBytes(StandardCharsets.UTF_8).length)
            + payload.indexOf(ZEROS);
    for (int i = 0; i < crowd.receivers(); i++) {
      receivers.add(new Receiver(loop, port, Login.path("r" + number, crowd.batched())));
    }
    sender = loop.connect(port, Login.path("s" + number, crowd.batched()), this);
  }

  boolean ready() {
    return welcomed == receivers.size() + 1;
  }

  boolean drained() {
    return acked == sent && deliveries == sent * receivers.size();
  }

  long done() {
    return Math.min(acked, deliveries / receivers.size());
  }

  String state() {
    return "talk "
        + number
        + ": "
        + sent
        + " sent, "
        + acked
        + " acknowledged, "
        + deliveries
        + " deliveries to "
        + receivers.size();
  }

  /** Keeps as many messages under way as the window allows, until it is stopped. */
  void run() {
    running = true;
    fill();
  }

  void stop() {
    running = false;
  }

  /** The receivers say that they have everything, so that nothing is sent to them again. */
  void acknowledge() {
    receivers.forEach(Receiver::acknowledge);
  }

  /** From now on, how long it took from the intended moment is recorded; with null no more. */
  void record(@Nullable Histogram acks, @Nullable Histogram delivered) {
    ackNanos = acks;
    deliveryNanos = delivered;
  }

  /** Sends one message that was to be sent at this moment of {@link System#nanoTime}. */
  void send(long intendedNanos) {
    queue(intendedNanos);
    sender.flush();
  }

  private void fill() {
    if (!running || sent - done() >= window) {
      return;
    }
    while (sent - done() < window) {
      queue(0);
    }
    sender.flush();
  }

  private void queue(long intendedNanos) {
    if (sent - done() >= MOST_UNDER_WAY) {
      throw new IllegalStateException("the server is too slow for this rate: " + state());
    }
    intended[(int) (sent & (MOST_UNDER_WAY - 1))] = intendedNanos;
    sent++;
    long digits = sent;
    for (int i = DIGITS - 1; i >= 0; i--) {
      frame[digitsAt + i] = (byte) ('0' + digits % 10);
      digits /= 10;
    }
    sender.put(frame);
  }

  @Override
  public void onOpen(Client client) {}

  @Override
  public void onText(Client client, ByteBuffer bytes, int from, int length) {
    int end = from + length;
    if (ServerFrames.isArray(bytes, from)) {
      for (int at = from + 1; at < end; at++) {
        if (bytes.get(at) == '{') {
          senderHears(ServerFrames.typeAt(bytes, at, end), bytes, at, end);
        }
      }
    } else {
      senderHears(ServerFrames.typeAt(bytes, from, end), bytes, from, end);
    }
    fill();
  }

  private void senderHears(int type, ByteBuffer bytes, int from, int end) {
    if (type == ServerFrames.ACK) {
      note(ackNanos, acked++);
    } else if (type == ServerFrames.WELCOME) {
      welcomed++;
    } else {
      check(type, bytes, from, end);
    }
  }

  private void note(@Nullable Histogram histogram, long message) {
    if (histogram != null) {
      histogram.recordValue(System.nanoTime() - intended[(int) (message & (MOST_UNDER_WAY - 1))]);
    }
  }

  private static void check(int type, ByteBuffer bytes, int from, int end) {
    if (type == ServerFrames.ERROR || type == ServerFrames.SYNC_REQUIRED) {
      throw new IllegalStateException("not expected: " + Client.text(bytes, from, end - from));
    }
  }

  /** One of those that hear the sender. */
  private final class Receiver implements FrameListener {

    private final Client client;
    private long delivered;

    Receiver(ClientLoop loop, int port, String path) {
      client = loop.connect(port, path, this);
    }

    @Override
    public void onOpen(Client client) {}

    @Override
    public void onText(Client client, ByteBuffer bytes, int from, int length) {
      int end = from + length;
      if (ServerFrames.isArray(bytes, from)) {
        delivered(ServerFrames.chatsIn(bytes, from, end));
        return;
      }
      int type = ServerFrames.typeAt(bytes, from, end);
      if (type == ServerFrames.CHAT) {
        delivered(1);
      } else if (type == ServerFrames.WELCOME) {
        welcomed++;
      } else {
        check(type, bytes, from, end);
      }
    }

    private void delivered(int count) {
      for (int i = 0; i < count; i++) {
        note(deliveryNanos, delivered + i);
      }
      long before = delivered;
      delivered += count;
      deliveries += count;
      if (before / RECEIPT_EVERY != delivered / RECEIPT_EVERY) {
        acknowledge();
      }
      fill();
    }

    private void acknowledge() {
      client.put(
          Frames.text(
              "{\"type\":20,\"conversation_id\":\"r"
                  + number
                  + ":s"
                  + number
                  + "\",\"content\":{\"seq\":"
                  + delivered
                  + "}}"));
      client.flush();
    }
  }
}
