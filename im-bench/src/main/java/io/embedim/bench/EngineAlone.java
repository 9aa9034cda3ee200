package io.embedim.bench;

import io.embedim.core.Caller;
import io.embedim.core.ImEngine;
import io.embedim.core.ImSettings;
import io.embedim.core.SendCommand;
import io.embedim.core.SendResult;
import io.embedim.core.memory.MemoryStores;
import io.embedim.core.session.Connection;
import io.embedim.core.session.Encoded;
import io.embedim.core.session.ServerFrame;
import io.embedim.core.session.SessionRequest;
import io.embedim.core.session.WireFormat;
import io.embedim.spi.hook.Authenticator;
import io.embedim.spi.model.Content;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.MessageOptions;
import io.embedim.spi.model.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The engine with everything but a wire and a disk: a message is limited, authorized, appended to
 * the log in memory, acknowledged, and queued and written to its receiver. Beside it stands the
 * least that any such engine has to do: put the message into a map and hand it over a queue.
 *
 * <p>Both keep what they were given, so each iteration begins anew.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(
    value = 2,
    jvmArgs = {"-Xms4g", "-Xmx4g"})
public class EngineAlone {

  /** Messages under way at a time, as from so many senders who each wait for their answer. */
  static final int IN_FLIGHT = 1_000;

  /** Between how many pairs of users the messages go. */
  @Param({"1", "1000"})
  public int conversations = 1;

  private final List<ConversationId> ids = new ArrayList<>();
  private final List<Caller> senders = new ArrayList<>();
  private ImEngine engine = open();
  private Map<String, SendCommand> map = new ConcurrentHashMap<>();
  private BlockingQueue<SendCommand> queue = new ArrayBlockingQueue<>(IN_FLIGHT);
  private long sent;

  /** Opens an engine with a live receiver in each conversation. */
  @Setup(Level.Iteration)
  public void begin() {
    engine.close();
    engine = open();
    map = new ConcurrentHashMap<>();
    queue = new ArrayBlockingQueue<>(IN_FLIGHT);
    ids.clear();
    senders.clear();
    for (int i = 0; i < conversations; i++) {
      String receiver = "receiver-" + i;
      String sender = "sender-" + i;
      ids.add(ConversationId.direct(sender, receiver));
      senders.add(Caller.user(sender));
      engine.sessions().open(sessionOf(receiver), new Reader());
    }
  }

  /** Closes what the last iteration used. */
  @TearDown(Level.Trial)
  public void end() {
    engine.close();
  }

  /** The whole way of a message. */
  @Benchmark
  @OperationsPerInvocation(IN_FLIGHT)
  public void engine() {
    List<CompletableFuture<SendResult>> results = new ArrayList<>(IN_FLIGHT);
    for (int i = 0; i < IN_FLIGHT; i++) {
      int conversation = (int) (sent++ % conversations);
      results.add(
          engine
              .messages()
              .send(senders.get(conversation), message(ids.get(conversation), sent))
              .toCompletableFuture());
    }
    results.forEach(CompletableFuture::join);
  }

  /** A map's put and a queue's offer, and the poll that keeps the queue from filling. */
  @Benchmark
  @OperationsPerInvocation(IN_FLIGHT)
  public void mapAndQueue(Blackhole blackhole) {
    for (int i = 0; i < IN_FLIGHT; i++) {
      SendCommand message = message(ids.get((int) (sent++ % conversations)), sent);
      map.put("m-" + sent, message);
      blackhole.consume(queue.offer(message));
      blackhole.consume(queue.poll());
    }
  }

  private static SendCommand message(ConversationId id, long number) {
    String text = "message number " + number;
    return new SendCommand(id, "m-" + number, Content.text(text), MessageOptions.NONE, true);
  }

  private static ImEngine open() {
    return ImEngine.builder()
        .stores(MemoryStores.create())
        .authenticator(token -> new Authenticator.Result.Rejected("nobody logs in here"))
        .settings(
            ImSettings.builder().messagesPerSecond(1_000_000).messagesBurst(1_000_000).build())
        .build();
  }

  private static SessionRequest sessionOf(String userId) {
    return new SessionRequest(
        new Authenticator.Result.Authenticated(userId, Long.MAX_VALUE),
        null,
        Platform.OTHER,
        false,
        Bare.FORMAT,
        info -> Bare.FRAME);
  }

  /** Takes every frame at once, as a client that always reads. */
  private static final class Reader implements Connection {
    @Override
    public void write(Encoded frame, WriteCallback done) {
      done.completed(true);
    }

    @Override
    public void close(int code, String phrase) {}
  }

  /** Costs nothing, so that the engine stands alone. */
  private static final class Bare implements WireFormat {
    static final Encoded FRAME = new Encoded.Text("", 100);
    static final WireFormat FORMAT = new Bare();

    @Override
    public Encoded encode(ServerFrame frame) {
      return FRAME;
    }

    @Override
    public Encoded join(List<Encoded> frames) {
      return FRAME;
    }
  }
}
