package io.embedim.bench.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** A crowd that is connected to one server. */
public final class Talks {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final ClientLoop loop;
  private final List<Talk> talks = new ArrayList<>();

  /** Connects everybody and waits until all are welcome. */
  public Talks(ClientLoop loop, int port, Crowd crowd) {
    this.loop = loop;
    for (int i = 0; i < crowd.talks(); i++) {
      Talk talk = new Talk(loop, port, i, crowd);
      talks.add(talk);
      // A few at a time, so that no server's backlog of connections overflows.
      loop.until(talk::ready, PATIENCE);
    }
  }

  /** All send as fast as their windows allow. */
  public void begin() {
    talks.forEach(Talk::run);
  }

  /** Counts for so long, and until there is one, which messages are done. */
  public long count(Duration time) {
    long before = done();
    loop.during(time);
    loop.until(() -> done() > before, PATIENCE);
    return done() - before;
  }

  /** No more is sent, and what is under way comes to its end. */
  public void end() {
    talks.forEach(Talk::stop);
    drain();
  }

  /**
   * Latencies from the moment at which a message was to be sent, whatever held it up.
   *
   * @param acks until the acknowledgement, in ns
   * @param deliveries until the receiver had it, in ns
   */
  public record Latencies(Histogram acks, Histogram deliveries) {}

  /** Sends at a fixed rate, whether or not answers come. */
  public Latencies atRate(int perSecond, Duration time) {
    Histogram acks = new Histogram(3);
    Histogram deliveries = new Histogram(3);
    talks.forEach(talk -> talk.record(acks, deliveries));
    long messages = Math.max(1, perSecond * time.toMillis() / 1_000);
    long began = System.nanoTime();
    for (long i = 0; i < messages; i++) {
      long intended = began + i * 1_000_000_000L / perSecond;
      loop.untilNanos(intended);
      talks.get((int) (i % talks.size())).send(intended);
    }
    drain();
    talks.forEach(talk -> talk.record(null, null));
    return new Latencies(acks, deliveries);
  }

  private void drain() {
    try {
      loop.until(() -> talks.stream().allMatch(Talk::drained), PATIENCE);
    } catch (IllegalStateException e) {
      talks.stream()
          .filter(talk -> !talk.drained())
          .forEach(talk -> e.addSuppressed(new IllegalStateException(talk.state())));
      throw e;
    }
    talks.forEach(Talk::acknowledge);
  }

  private long done() {
    return talks.stream().mapToLong(Talk::done).sum();
  }
}
