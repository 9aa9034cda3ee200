package io.embedim.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.core.Caller;
import io.embedim.core.ImEngine;
import io.embedim.core.ImSettings;
import io.embedim.core.session.Connection;
import io.embedim.core.session.Encoded;
import io.embedim.core.session.ServerFrame;
import io.embedim.core.session.SessionRequest;
import io.embedim.core.session.WireFormat;
import io.embedim.spi.hook.Authenticator;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Many clients that begin to read again at the same moment, on the engine's own threads. */
class ManySlowClientsTest {

  private static final int CLIENTS = 30;
  private static final int MESSAGES = 40;

  private final WatchedStores stores = new WatchedStores();

  @Test
  void they_are_caught_up_a_few_at_a_time_and_all_of_them_completely() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    try (ImEngine engine = engine()) {
      List<Client> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        Client client = new Client();
        engine.sessions().open(client.session("reader-" + i), client);
        clients.add(client);
      }
      List<CompletableFuture<?>> sent = new ArrayList<>();
      for (int m = 0; m < MESSAGES; m++) {
        for (int i = 0; i < CLIENTS; i++) {
          ConversationId id = ConversationId.direct("sender", "reader-" + i);
          sent.add(
              engine
                  .messages()
                  .send(Caller.user("sender"), Commands.text(id, "m-" + m, "x"))
                  .toCompletableFuture());
        }
      }
      sent.forEach(CompletableFuture::join);
      CountDownLatch start = new CountDownLatch(1);
      for (Client client : clients) {
        threads.execute(
            () -> {
              awaitQuietly(start);
              client.read();
            });
      }
      start.countDown();
      for (Client client : clients) {
        assertThat(client.complete.await(30, TimeUnit.SECONDS)).isTrue();
      }
    } finally {
      threads.shutdown();
    }
    assertThat(stores.entriesRead()).isPositive();
    assertThat(stores.readersAtOnce()).isLessThanOrEqualTo(2);
  }

  private ImEngine engine() {
    return ImEngine.builder()
        .stores(stores)
        .authenticator(token -> new Authenticator.Result.Rejected("nobody logs in here"))
        .settings(
            ImSettings.builder()
                .queueBytes(16_384)
                .messagesPerSecond(1_000_000)
                .messagesBurst(1_000_000)
                .build())
        .build();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A connection whose writes wait until it reads. */
  private static final class Client implements Connection, WireFormat {
    /** A log of so many messages, and the greeting. */
    final CountDownLatch complete = new CountDownLatch(MESSAGES + 1);

    private final List<WriteCallback> waiting = new ArrayList<>();
    private boolean reading;

    SessionRequest session(String userId) {
      return new SessionRequest(
          new Authenticator.Result.Authenticated(userId, Long.MAX_VALUE),
          null,
          Platform.OTHER,
          false,
          this,
          info -> new Encoded.Text("welcome", 10));
    }

    void read() {
      List<WriteCallback> writes;
      synchronized (this) {
        reading = true;
        writes = List.copyOf(waiting);
        waiting.clear();
      }
      writes.forEach(this::done);
    }

    @Override
    public void write(Encoded frame, WriteCallback done) {
      synchronized (this) {
        if (!reading) {
          waiting.add(done);
          return;
        }
      }
      done(done);
    }

    private void done(WriteCallback write) {
      complete.countDown();
      write.completed(true);
    }

    @Override
    public void close(int code, String phrase) {}

    /** As large as a message of a kilobyte. */
    @Override
    public Encoded encode(ServerFrame frame) {
      return new Encoded.Text("frame", 1_000);
    }

    @Override
    public Encoded join(List<Encoded> frames) {
      throw new IllegalStateException("not asked for");
    }
  }
}
