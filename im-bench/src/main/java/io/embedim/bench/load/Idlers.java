package io.embedim.bench.load;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Clients that log in and say nothing. */
public final class Idlers implements FrameListener {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** Connections that are being opened at a time: fewer than a server's backlog takes. */
  private static final int AT_ONCE = 64;

  private final ClientLoop loop;
  private final int port;
  private final boolean untilWelcome;
  private final Deque<Client> open = new ArrayDeque<>();
  private long begun;
  private long done;

  /**
   * @param untilWelcome whether a client is there when it was welcomed, and not when the upgrade
   *     was granted
   */
  public Idlers(ClientLoop loop, int port, boolean untilWelcome) {
    this.loop = loop;
    this.port = port;
    this.untilWelcome = untilWelcome;
  }

  /** Opens so many connections and keeps them. */
  public void open(int count) {
    long all = begun + count;
    while (done < all) {
      loop.until(() -> done == all || (begun < all && begun - done < AT_ONCE), PATIENCE);
      while (begun < all && begun - done < AT_ONCE) {
        begin();
      }
    }
  }

  /**
   * Opens connections, and cuts each that is there, for so long.
   *
   * @return how many were there, at least one
   */
  public long churn(Duration time) {
    long before = done;
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end || done == before) {
      while (begun - done < AT_ONCE) {
        begin();
      }
      loop.during(Duration.ofMillis(1));
      abortAll();
    }
    long during = done - before;
    loop.until(() -> begun == done, PATIENCE);
    abortAll();
    return during;
  }

  /** Cuts all connections. */
  public void abortAll() {
    while (!open.isEmpty()) {
      open.remove().abort();
    }
  }

  private void begin() {
    begun++;
    loop.connect(port, Login.path("u" + begun, false) + (untilWelcome ? "" : "&quiet=1"), this);
  }

  @Override
  public void onOpen(Client client) {
    if (!untilWelcome) {
      there(client);
    }
  }

  @Override
  public void onText(Client client, ByteBuffer bytes, int from, int length) {
    if (untilWelcome && ServerFrames.typeAt(bytes, from, from + length) == ServerFrames.WELCOME) {
      there(client);
    }
  }

  private void there(Client client) {
    done++;
    open.add(client);
  }
}
