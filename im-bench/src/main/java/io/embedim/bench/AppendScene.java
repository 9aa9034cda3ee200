package io.embedim.bench;

import io.embedim.bench.database.Database;
import io.embedim.bench.database.RawRows;
import io.embedim.bench.report.Sample;
import io.embedim.core.Caller;
import io.embedim.core.ImEngine;
import io.embedim.core.ImSettings;
import io.embedim.core.SendCommand;
import io.embedim.spi.hook.Authenticator;
import io.embedim.spi.model.Content;
import io.embedim.spi.model.ConversationId;
import io.embedim.store.jdbc.JdbcStores;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.LongAdder;

/** An engine on a database, senders who wait for their acknowledgements, and the same by hand. */
final class AppendScene implements AutoCloseable {

  /** The engine's default. */
  static final int LANES = ImSettings.defaults().lanes();

  private static final int UNLIMITED = 1_000_000;
  private static final String TEXT = "a sentence as people write them to each other";

  private final Database database;
  private final int senders;
  private final int conversations;
  private final ImEngine engine;
  private final RawWriters batched;
  private final RawWriters single;

  AppendScene(Database database, int senders, int conversations) {
    this.database = database;
    this.senders = senders;
    this.conversations = conversations;
    // So that scenes on one database do not share tables.
    String scene = senders + "x" + conversations;
    engine =
        ImEngine.builder()
            .stores(stores("e" + scene + '_'))
            .authenticator(token -> new Authenticator.Result.Rejected("nobody logs in here"))
            .settings(
                ImSettings.builder().messagesPerSecond(UNLIMITED).messagesBurst(UNLIMITED).build())
            .build();
    batched = writers("b" + scene + '_');
    single = writers("s" + scene + '_');
  }

  private RawWriters writers(String prefix) {
    stores(prefix).close();
    return new RawWriters(database.dataSource(), new RawRows(prefix), LANES, conversations);
  }

  private JdbcStores stores(String prefix) {
    return JdbcStores.builder()
        .dataSource(database.dataSource())
        .withoutSearch()
        .tablePrefix(prefix)
        .build();
  }

  void warmUp(Duration time) throws Exception {
    engine(time);
    batched(time);
    single(time);
  }

  Sample batched(Duration time) throws Exception {
    ProcessUsage before = ProcessUsage.of(database);
    long rows = batched.write(time, Math.max(1, senders / LANES), TEXT);
    return ProcessUsage.of(database).since(before).sample(rows);
  }

  Sample single(Duration time) throws Exception {
    ProcessUsage before = ProcessUsage.of(database);
    long rows = single.write(time, 1, TEXT);
    return ProcessUsage.of(database).since(before).sample(rows);
  }

  Sample engine(Duration time) {
    ProcessUsage before = ProcessUsage.of(database);
    long end = System.nanoTime() + time.toNanos();
    LongAdder done = new LongAdder();
    ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    Phaser running = new Phaser(1);
    for (int i = 0; i < senders; i++) {
      running.register();
      int conversation = i % conversations;
      Caller caller = Caller.user("s" + conversation);
      ConversationId id = ConversationId.direct("r" + conversation, "s" + conversation);
      engine.executor().execute(new Sender(caller, id, end, done, failures, running));
    }
    running.arriveAndAwaitAdvance();
    if (!failures.isEmpty()) {
      throw new IllegalStateException("a message was not stored", failures.element());
    }
    return ProcessUsage.of(database).since(before).sample(done.sum());
  }

  @Override
  public void close() {
    engine.close();
  }

  /** Sends, and again when that is acknowledged, until it is time. */
  private final class Sender implements Runnable {
    private final Caller caller;
    private final ConversationId id;
    private final long end;
    private final LongAdder done;
    private final ConcurrentLinkedQueue<Throwable> failures;
    private final Phaser running;

    Sender(
        Caller caller,
        ConversationId id,
        long end,
        LongAdder done,
        ConcurrentLinkedQueue<Throwable> failures,
        Phaser running) {
      this.caller = caller;
      this.id = id;
      this.end = end;
      this.done = done;
      this.failures = failures;
      this.running = running;
    }

    @Override
    public void run() {
      Content content = Content.text(TEXT);
      var unused =
          engine
              .messages()
              .send(caller, SendCommand.of(id, content))
              .whenComplete(
                  (result, failure) -> {
                    if (failure != null) {
                      failures.add(failure);
                      running.arriveAndDeregister();
                    } else {
                      done.increment();
                      goOn();
                    }
                  });
    }

    /** Not here: this is the lane's thread. */
    private void goOn() {
      if (System.nanoTime() < end) {
        engine.executor().execute(this);
      } else {
        running.arriveAndDeregister();
      }
    }
  }
}
