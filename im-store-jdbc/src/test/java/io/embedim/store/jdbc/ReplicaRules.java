package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.TestDrafts.revision;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.embedim.core.Caller;
import io.embedim.core.HistoryQuery;
import io.embedim.core.ImEngine;
import io.embedim.core.SendCommand;
import io.embedim.core.SendResult;
import io.embedim.spi.hook.Authenticator;
import io.embedim.spi.model.Content;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.MessageOptions;
import io.embedim.spi.model.Revision;
import io.embedim.spi.store.AppendResult.Appended;
import io.embedim.spi.store.SeqRange;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The engine with a database and a real replica of it, which lags, dies and comes back. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class ReplicaRules {

  private static final int WRITERS = 3;
  private static final int ROUNDS = 150;
  private static final int PAGE = 30;
  private static final int STEPS = 20;

  private final AtomicLong time = new AtomicLong();

  /** A permit for each read of a writer. */
  private final Semaphore steps = new Semaphore(0);

  /** What is to be closed, the last one first. */
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  private ServerPair servers;
  private SpyDataSource primary;
  private SpyDataSource replica;
  private ImEngine engine;
  private JdbcStores stores;

  /** Servers with their files in an empty folder, not started yet. */
  abstract ServerPair servers(Path folder) throws Exception;

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    servers = servers(folder);
    opened.push(servers);
    servers.start();
    primary = spy(servers.primaryUrl());
    replica = spy(servers.replicaUrl());
    JdbcStores.create(primary).close();
    servers.awaitReplica();
    stores =
        JdbcStores.builder().dataSource(primary).readReplica(replica).nanoTime(time::get).build();
    engine =
        ImEngine.builder()
            .stores(stores)
            .authenticator(token -> new Authenticator.Result.Rejected("nobody logs in here"))
            .rateLimiter((userId, now) -> 0)
            .build();
    opened.push(engine);
  }

  @BeforeEach
  void tryReplicaAgain() {
    time.addAndGet(ReadReplica.PAUSE.toNanos());
  }

  private SpyDataSource spy(String url) {
    HikariDataSource pool = ServerPair.pool(url);
    opened.push(pool);
    return new SpyDataSource(pool);
  }

  @AfterAll
  void close() throws Exception {
    for (AutoCloseable one : opened) {
      one.close();
    }
  }

  @Test
  void a_replica_that_has_caught_up_is_read_and_one_that_lags_is_not() throws Exception {
    ConversationId id = ConversationId.direct("anna", "ben");
    send(id, "anna", "m1");
    servers.awaitReplica();
    forget();

    assertThat(history(id, "ben")).extracting(ReplicaRules::textOf).containsExactly("m1");
    assertThat(CopiedDatabase.reads(replica)).isEqualTo(1);
    assertThat(CopiedDatabase.reads(primary)).isZero();

    servers.holdReplica();
    try {
      send(id, "anna", "m2");
      forget();
      assertThat(history(id, "ben")).extracting(ReplicaRules::textOf).containsExactly("m1", "m2");
      assertThat(CopiedDatabase.reads(primary)).isEqualTo(1);
    } finally {
      servers.releaseReplica();
    }
    servers.awaitReplica();
    forget();
    assertThat(history(id, "ben")).extracting(ReplicaRules::textOf).containsExactly("m1", "m2");
    assertThat(CopiedDatabase.reads(primary)).isZero();
  }

  @Test
  void whoever_has_an_acknowledgement_reads_what_it_stands_for_however_the_replica_lags()
      throws Exception {
    forget();
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    try {
      List<Future<?>> writers = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        ConversationId id = ConversationId.direct("carl", "dora" + writer);
        writers.add(threads.submit(() -> writeAndRead(id)));
      }
      int held = 0;
      while (!writers.stream().allMatch(Future::isDone)) {
        servers.holdReplica();
        held++;
        tryReplicaAgain();
        afterSomeSteps();
        servers.releaseReplica();
        servers.awaitReplica();
        afterSomeSteps();
      }
      for (Future<?> writer : writers) {
        writer.get(5, TimeUnit.MINUTES);
      }
      long reads = WRITERS * (ROUNDS * 3L + 1);
      // Each writer has looked at the end what the database says.
      long answered = reads - (CopiedDatabase.reads(primary) - WRITERS);
      System.out.printf(
          "%s: %d reads after an acknowledgement, %d of them answered by the replica, which was"
              + " held %d times%n",
          getClass().getSimpleName(), reads, answered, held);
      // To lag is no failure for which it would be left alone.
      assertThat(CopiedDatabase.reads(replica)).isEqualTo(reads);
      assertThat(held).isPositive();
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void a_replica_that_dies_is_not_missed_and_is_read_again_when_it_is_back() throws Exception {
    ConversationId id = ConversationId.direct("emil", "fay");
    send(id, "emil", "m1");
    servers.awaitReplica();

    servers.killReplica();
    forget();
    for (int i = 2; i < 12; i++) {
      send(id, "emil", "m" + i);
      assertThat(history(id, "fay")).hasSize(i);
    }
    assertThat(CopiedDatabase.reads(primary)).isEqualTo(10);

    servers.startReplica();
    servers.awaitReplica();
    awaitPool();
    tryReplicaAgain();
    forget();
    assertThat(history(id, "fay")).hasSize(11);
    assertThat(CopiedDatabase.reads(replica)).isEqualTo(1);
    assertThat(CopiedDatabase.reads(primary)).isZero();
  }

  /** Waits until the pool has noticed that its server is back, which it looks up by and by. */
  private void awaitPool() throws SQLException {
    for (int attempts = 1; ; attempts++) {
      try (Connection connection = replica.getConnection()) {
        return;
      } catch (SQLException e) {
        if (attempts == 30) {
          throw e;
        }
      }
    }
  }

  /** Sends, edits and revokes, and reads after each as whoever has just got the acknowledgement. */
  private void writeAndRead(ConversationId id) {
    for (int round = 0; round < ROUNDS; round++) {
      String messageId = "m" + round;
      long seq = send(id, "carl", messageId).seq();
      assertThat(last(id, null)).extracting(LogEntry::seq).isEqualTo(seq);
      revise(id, EntryType.EDIT, new Revision.Edit(messageId, text("better " + messageId), true));
      assertThat(last(id, seq + 1))
          .extracting(ReplicaRules::textOf)
          .isEqualTo("better " + messageId);
      revise(id, EntryType.REVOKE, new Revision.Revoke(messageId));
      assertThat(last(id, seq + 1).state().revoked()).isTrue();
    }
    assertThat(history(id, "carl"))
        .isEqualTo(stores.messages().read(id, SeqRange.before(Long.MAX_VALUE, 0, PAGE)));
  }

  /** Lets the writers go on for a while, or end. */
  private void afterSomeSteps() throws InterruptedException {
    var unused = steps.tryAcquire(STEPS, 1, TimeUnit.SECONDS);
  }

  /** The last entry of the log, or of what stands before a sequence. */
  private LogEntry last(ConversationId id, @Nullable Long beforeSeq) {
    List<LogEntry> entries = history(id, "carl", beforeSeq);
    steps.release();
    return entries.get(entries.size() - 1);
  }

  private SendResult send(ConversationId id, String userId, String messageId) {
    return engine
        .messages()
        .send(
            Caller.user(userId),
            new SendCommand(id, messageId, text(messageId), MessageOptions.NONE, true))
        .toCompletableFuture()
        .orTimeout(1, TimeUnit.MINUTES)
        .join();
  }

  private void revise(ConversationId id, EntryType type, Revision revision) {
    String messageId = type + "-" + revision.targetMessageId();
    assertThat(
            stores
                .messages()
                .append(
                    List.of(revision(id, type, "carl", messageId, revision)),
                    System.currentTimeMillis()))
        .hasOnlyElementsOfType(Appended.class);
  }

  private List<LogEntry> history(ConversationId id, String userId) {
    return history(id, userId, null);
  }

  private List<LogEntry> history(ConversationId id, String userId, @Nullable Long beforeSeq) {
    HistoryQuery query = new HistoryQuery(id, null, beforeSeq, PAGE);
    return engine.messages().history(userId, query).entries();
  }

  private void forget() {
    primary.forget();
    replica.forget();
  }

  private static Content text(String text) {
    return Content.text(text);
  }

  private static String textOf(LogEntry entry) {
    return entry.draft().content().plainText();
  }
}
