package io.embedim.store.jdbc;

import io.embedim.core.Caller;
import io.embedim.core.ImEngine;
import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.core.ImSettings;
import io.embedim.core.SendCommand;
import io.embedim.core.SendResult;
import io.embedim.spi.hook.Authenticator;
import io.embedim.spi.model.Content;
import io.embedim.spi.model.ContentType;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.Cursors;
import io.embedim.spi.model.MessageOptions;
import io.embedim.spi.store.ImStores;
import io.embedim.store.jdbc.CrashReport.Entry;
import io.embedim.store.jdbc.CrashReport.Move;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * 50 users with an engine: each sends to two others, one message after the other, and sends a
 * message again with the same id until it is acknowledged. Everything that is acknowledged or seen
 * is reported in a line.
 */
final class CrashLoad implements AutoCloseable {

  static final int SENDERS = 50;

  private static final int MOST_MESSAGES = 100_000;
  private static final long PAUSE_MILLIS = 20;

  private final ImEngine engine;
  private final CrashHost host;
  private final CrashState state;
  private final String padding;
  private final Consumer<String> report;
  private final Map<String, CrashClient> clients = new HashMap<>();
  private final CountDownLatch stop = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newFixedThreadPool(SENDERS + 1);
  private final List<Future<?>> running = new ArrayList<>();
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong duplicates = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong slowestRefusal = new AtomicLong();
  private final AtomicReference<CompletableFuture<Long>> nextAcknowledgement =
      new AtomicReference<>(new CompletableFuture<>());
  private final AtomicReference<CompletableFuture<Long>> nextRefusal =
      new AtomicReference<>(new CompletableFuture<>());

  CrashLoad(ImStores stores, CrashHost host, CrashState state, Consumer<String> report) {
    this(stores, host, state, 0, report);
  }

  /** With so many bytes more in each message than it needs. */
  CrashLoad(
      ImStores stores,
      CrashHost host,
      CrashState state,
      int contentBytes,
      Consumer<String> report) {
    this.host = host;
    this.state = state;
    this.padding = "x".repeat(contentBytes);
    this.report = report;
    this.engine =
        ImEngine.builder()
            .stores(stores)
            .settings(
                ImSettings.builder().messagesPerSecond(1_000_000).messagesBurst(1_000_000).build())
            .authenticator(token -> new Authenticator.Result.Rejected("nobody logs in here"))
            .build();
  }

  /** All conversations that may come to be. */
  static Set<ConversationId> conversations() {
    Set<ConversationId> ids = new HashSet<>();
    for (int sender = 0; sender < SENDERS; sender++) {
      ids.add(peer(sender, 0));
      ids.add(peer(sender, 1));
    }
    ids.add(CrashHost.NEWS);
    return ids;
  }

  static String senderOf(String messageId) {
    return messageId.substring(0, messageId.indexOf('.'));
  }

  static long numberOf(String messageId) {
    return Long.parseLong(messageId.substring(messageId.indexOf('.') + 1));
  }

  /** Clients come back with what they have, and get what they have missed. */
  void connect() {
    Set<ConversationId> all = conversations();
    for (int i = 0; i < SENDERS; i++) {
      String userId = userId(i);
      Map<ConversationId, Long> cursors = new HashMap<>();
      all.stream().filter(id -> id.isOf(userId)).forEach(id -> cursors.put(id, 0L));
      cursors.putAll(state.cursors().getOrDefault(userId, Map.of()));
      CrashClient client = new CrashClient(engine, userId, cursors, report);
      clients.put(userId, client);
      client.connect();
    }
  }

  /** Begins to send, and lets the host take orders. */
  void start(int round, long seed) {
    for (int i = 0; i < SENDERS; i++) {
      int sender = i;
      running.add(threads.submit(() -> sendOn(sender)));
    }
    running.add(threads.submit(() -> takeOrders(round, new Random(seed))));
  }

  /** Ends the load; each sender goes on until her last message is acknowledged. */
  void stop() throws Exception {
    stop.countDown();
    for (Future<?> one : running) {
      one.get();
    }
  }

  /** Sends what was not acknowledged before, relays the outbox, and lets every client catch up. */
  void settle() throws Exception {
    for (int i = 0; i < SENDERS; i++) {
      if (running.isEmpty()) {
        send(i, state.next().getOrDefault(userId(i), 0L));
      }
    }
    while (!host.waiting().isEmpty()) {
      engine.relayOutbox();
    }
    clients.values().forEach(CrashClient::synchronize);
  }

  long acknowledged() {
    return acknowledged.get();
  }

  /** The time of the first acknowledgement from now on, as {@link System#nanoTime} counts. */
  CompletableFuture<Long> nextAcknowledgement() {
    return renew(nextAcknowledgement);
  }

  /** The time of the next {@code unavailable} from now on. */
  CompletableFuture<Long> nextRefusal() {
    return renew(nextRefusal);
  }

  /** Returns when so many more messages were acknowledged. */
  void awaitAcknowledgements(int messages) throws Exception {
    long enough = acknowledged() + messages;
    while (acknowledged() < enough) {
      nextAcknowledgement().get(1, TimeUnit.MINUTES);
    }
  }

  /** Returns when as many were refused as there are senders, each of which waits for hers. */
  void awaitRefusals() throws Exception {
    long enough = refused() + SENDERS;
    while (refused() < enough) {
      nextRefusal().get(1, TimeUnit.MINUTES);
    }
  }

  private static CompletableFuture<Long> renew(AtomicReference<CompletableFuture<Long>> next) {
    CompletableFuture<Long> future = new CompletableFuture<>();
    next.set(future);
    return future;
  }

  /** How many acknowledgements said that the message had been there before. */
  long duplicates() {
    return duplicates.get();
  }

  /** How many times a sender was told {@code unavailable}. */
  long refused() {
    return refused.get();
  }

  /** How long a sender had to wait for {@code unavailable} at most, in ms. */
  long slowestRefusalMillis() {
    return TimeUnit.NANOSECONDS.toMillis(slowestRefusal.get());
  }

  @Override
  public void close() {
    threads.shutdownNow();
    engine.close();
  }

  private Void takeOrders(int round, Random random) throws InterruptedException {
    host.run(engine, round, random, stop, report);
    return null;
  }

  private Void sendOn(int sender) throws InterruptedException {
    long first = state.next().getOrDefault(userId(sender), 0L);
    for (long n = first; n < first + MOST_MESSAGES && stop.getCount() > 0; n++) {
      SendResult result = send(sender, n);
      if (n % 8 == 0) {
        read(userId(sender), result.conversationId(), result.seq());
      }
    }
    return null;
  }

  /** Sends a message until it is acknowledged. */
  private SendResult send(int sender, long n) throws InterruptedException {
    String userId = userId(sender);
    CrashClient client = clients.get(userId);
    SendCommand command =
        new SendCommand(
            peer(sender, n),
            userId + '.' + n,
            new Content(ContentType.TEXT, "{\"text\":\"" + n + padding + "\"}", Long.toString(n)),
            MessageOptions.NONE,
            true);
    while (true) {
      long begin = System.nanoTime();
      try {
        SendResult result =
            engine
                .messages()
                .send(new Caller(userId, client.sessionId()), command)
                .toCompletableFuture()
                .get();
        report.accept(
            new Entry(result.conversationId(), result.seq(), result.timestamp(), result.messageId())
                .line());
        acknowledged.incrementAndGet();
        nextAcknowledgement.get().complete(System.nanoTime());
        duplicates.addAndGet(result.duplicate() ? 1 : 0);
        client.add(result.conversationId(), result.seq(), result.messageId());
        return result;
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof ImException refusal)
            || refusal.error() != ImError.UNAVAILABLE) {
          throw new IllegalStateException(command.messageId() + " was refused", e);
        }
        slowestRefusal.accumulateAndGet(System.nanoTime() - begin, Math::max);
        refused.incrementAndGet();
        nextRefusal.get().complete(System.nanoTime());
        var unused = stop.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
      }
    }
  }

  private void read(String userId, ConversationId id, long seq) throws InterruptedException {
    try {
      Cursors now =
          engine.conversations().read(Caller.user(userId), id, seq).toCompletableFuture().get();
      report.accept(new Move(id, userId, now).line());
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof ImException refusal)
          || refusal.error() != ImError.UNAVAILABLE) {
        throw new IllegalStateException("a cursor of " + userId + " was refused", e);
      }
    }
  }

  private static String userId(int sender) {
    return "u" + sender;
  }

  private static ConversationId peer(int sender, long n) {
    int other = n % 2 == 0 ? sender ^ 1 : (sender + 7) % SENDERS;
    return ConversationId.direct(userId(sender), userId(other));
  }
}
