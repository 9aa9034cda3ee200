package io.embedim.bench;

import io.embedim.bench.database.Database;
import io.embedim.bench.database.RawRows;
import io.embedim.bench.report.Sample;
import io.embedim.core.Caller;
import io.embedim.core.ImEngine;
import io.embedim.core.ImSettings;
import io.embedim.core.SendCommand;
import io.embedim.core.SendResult;
import io.embedim.core.SyncPage;
import io.embedim.core.SyncQuery;
import io.embedim.spi.hook.Authenticator;
import io.embedim.spi.model.Content;
import io.embedim.spi.model.ConversationId;
import io.embedim.store.jdbc.JdbcStores;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Users who have missed messages, and readers who ask for them. */
final class SyncScene implements AutoCloseable {

  /** Threads that ask. */
  static final int READERS = 4;

  private static final String PREFIX = "im_";
  private static final int UNLIMITED = 1_000_000;

  private final Database database;
  private final ImEngine engine;
  private final RawRows rows = new RawRows(PREFIX);
  private final int users;
  private final int missed;

  /** Sends each user what she will have missed. */
  SyncScene(Database database, int users, int missed) {
    this.database = database;
    this.users = users;
    this.missed = missed;
    engine =
        ImEngine.builder()
            .stores(
                JdbcStores.builder()
                    .dataSource(database.dataSource())
                    .withoutSearch()
                    .tablePrefix(PREFIX)
                    .build())
            .authenticator(token -> new Authenticator.Result.Rejected("nobody logs in here"))
            .settings(
                ImSettings.builder().messagesPerSecond(UNLIMITED).messagesBurst(UNLIMITED).build())
            .build();
    String text = "a sentence as people write them to each other";
    Content content = Content.text(text);
    for (int message = 0; message < missed; message++) {
      List<CompletableFuture<SendResult>> sent = new ArrayList<>();
      for (int user = 0; user < users; user++) {
        sent.add(
            engine
                .messages()
                .send(Caller.user("s" + user), SendCommand.of(conversation(user), content))
                .toCompletableFuture());
      }
      sent.forEach(CompletableFuture::join);
    }
  }

  Sample engine(Duration time) throws Exception {
    return inTurns(time, this::sync);
  }

  Sample select(Duration time) throws Exception {
    return inTurns(time, this::read);
  }

  private interface Reader {
    int read(int user) throws Exception;
  }

  private int sync(int user) {
    SyncPage page =
        engine
            .messages()
            .sync("r" + user, new SyncQuery(Map.of(conversation(user), 0L), missed, 0));
    return page.conversations().get(0).entries().size();
  }

  private int read(int user) throws Exception {
    try (Connection connection = database.dataSource().getConnection()) {
      return rows.readAfter(connection, conversation(user).value(), 0, missed);
    }
  }

  private Sample inTurns(Duration time, Reader reader) throws Exception {
    ProcessUsage before = ProcessUsage.of(database);
    long end = System.nanoTime() + time.toNanos();
    ExecutorService threads = Executors.newFixedThreadPool(READERS);
    try {
      List<Callable<Long>> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        int first = i;
        readers.add(() -> readAll(first, end, reader));
      }
      long read = 0;
      for (Future<Long> each : threads.invokeAll(readers)) {
        read += each.get();
      }
      return ProcessUsage.of(database).since(before).sample(read);
    } finally {
      threads.shutdown();
    }
  }

  private long readAll(int first, long end, Reader reader) throws Exception {
    long read = 0;
    int user = first % users;
    do {
      int found = reader.read(user);
      if (found != missed) {
        throw new IllegalStateException("user " + user + " got " + found + " messages");
      }
      read += found;
      user = (user + READERS) % users;
    } while (System.nanoTime() < end);
    return read;
  }

  private static ConversationId conversation(int user) {
    return ConversationId.direct("r" + user, "s" + user);
  }

  @Override
  public void close() {
    engine.close();
  }
}
