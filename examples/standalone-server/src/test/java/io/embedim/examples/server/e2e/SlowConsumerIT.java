package io.embedim.examples.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.examples.server.e2e.Chatter.Stretch;
import java.io.IOException;
import java.lang.management.MemoryUsage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fifty clients that stop reading, beside fifty that chat, in a server with little memory.
 * Measures, so no other test runs beside it.
 */
@Tag("alone")
class SlowConsumerIT {

  private static final int PEOPLE = 50;
  private static final long MIB = 1024 * 1024;
  private static final long HEAP = 256 * MIB;

  /**
   * What may be in use with all fifty stalled. Their queues may have 512 KiB each; 4.5 MB are sent
   * to each of them, of which the system's own buffers take less than 3.
   */
  private static final long BOUND = 130 * MIB;

  private static final Stretch WARM_UP = new Stretch(20, 20);
  private static final Stretch ALONE = new Stretch(100, 100);
  private static final Stretch WITH_STALLED = new Stretch(250, 300);
  private static final Stretch WHILE_CATCHING_UP = new Stretch(40, 40);

  @TempDir Path directory;

  private final List<Chatter> chatters = new ArrayList<>();
  private final List<MoodyReader> readers = new ArrayList<>();

  @AfterEach
  void disconnect() throws IOException {
    for (Chatter chatter : chatters) {
      chatter.close();
    }
    for (MoodyReader reader : readers) {
      reader.close();
    }
  }

  @Test
  void clients_that_do_not_read_cost_the_others_nothing_and_miss_nothing() throws Exception {
    ServerSetup setup =
        ServerSetup.in(directory)
            .jvm("-Xmx256m", "-XX:+ExitOnOutOfMemoryError")
            .set("limits.stalled_after", "30m")
            .set("session.silence", "30m");
    try (ServerProcess server = setup.start();
        JvmMemory memory = JvmMemory.of(server.pid())) {
      for (int i = 0; i < PEOPLE; i++) {
        chatters.add(new Chatter(server.api(), "chatter-" + i, "chatter-" + (i ^ 1)));
      }
      chat(WARM_UP, "absent-", new Measured());
      Measured alone = new Measured();
      chat(ALONE, "absent-", alone);

      for (int i = 0; i < PEOPLE; i++) {
        readers.add(new MoodyReader(server.api(), "silent-" + i, "chatter-" + i));
      }
      Measured beside = new Measured();
      chat(WITH_STALLED, "silent-", beside);
      MemoryUsage stalled = memory.afterCollection();

      Measured catchingUp = new Measured();
      runAll(
          Stream.concat(
              readers.stream().map(reader -> task(() -> reader.readUpTo(WITH_STALLED.toOther()))),
              chatting(WHILE_CATCHING_UP, "absent-", catchingUp)));
      MemoryUsage caughtUp = memory.afterCollection();

      System.out.println("slow consumers: alone:                  " + alone);
      System.out.println("slow consumers: with 50 that do not read: " + beside);
      System.out.println("slow consumers: while all 50 read again: " + catchingUp);
      System.out.printf(
          "slow consumers: heap after GC %d MiB while stalled, %d MiB after that, of %d MiB;"
              + " %d syncs, %d repeats%n",
          stalled.getUsed() / MIB,
          caughtUp.getUsed() / MIB,
          stalled.getMax() / MIB,
          readers.stream().mapToInt(MoodyReader::syncs).sum(),
          readers.stream().mapToInt(MoodyReader::repeats).sum());

      for (int i = 0; i < PEOPLE; i++) {
        assertThat(chatters.get(i).endOf("silent-" + i)).isEqualTo(WITH_STALLED.toOther());
      }
      assertThat(stalled.getMax()).isLessThanOrEqualTo(HEAP);
      assertThat(stalled.getUsed()).isLessThan(BOUND);
      assertThat(caughtUp.getUsed()).isLessThan(BOUND);
      assertThat(server.isAlive()).isTrue();
      assertThat(server.printed()).doesNotContain("OutOfMemoryError");
    }
  }

  /** All fifty chat in pairs; each also writes to somebody else of the same number. */
  private void chat(Stretch stretch, String others, Measured measured) throws Exception {
    runAll(chatting(stretch, others, measured));
  }

  private Stream<Callable<Void>> chatting(Stretch stretch, String others, Measured measured) {
    return IntStream.range(0, PEOPLE)
        .mapToObj(i -> task(() -> chatters.get(i).chat(stretch, others + i, measured)));
  }

  @FunctionalInterface
  private interface Task {
    void run() throws IOException;
  }

  private static Callable<Void> task(Task task) {
    return () -> {
      task.run();
      return null;
    };
  }

  /** Returns when all have ended, or one has failed. */
  private static void runAll(Stream<Callable<Void>> tasks) throws InterruptedException {
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      CompletionService<Void> running = new ExecutorCompletionService<>(threads);
      int count = tasks.map(running::submit).toList().size();
      for (int i = 0; i < count; i++) {
        // Each gives up by itself when nothing arrives.
        running.take().get();
      }
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause().getMessage(), e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }
}
