package io.embedim.examples.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.examples.server.e2e.Chatter.Stretch;
import java.io.IOException;
import java.lang.management.MemoryUsage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fifty clients that stop reading, beside fifty that chat, in a server with little memory. */
class SlowConsumerIT {

  private static final int PEOPLE = 50;
  private static final long MIB = 1024 * 1024;
  private static final long HEAP = 256 * MIB;

  /**
   * What may be in use with all readers stalled. Their queues may have 512 KiB each; without that
   * bound, what is sent to them in this test is as much as the whole heap.
   */
  private static final long BOUND = 160 * MIB;

  private static final Stretch WARM_UP = new Stretch(20, 20);
  private static final Stretch WITH_READERS = new Stretch(100, 100);
  private static final Stretch WITH_STALLED = new Stretch(300, 300);
  private static final Stretch WHILE_CATCHING_UP = new Stretch(100, 0);

  @TempDir Path directory;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Chatter> chatters = new ArrayList<>();
  private final List<MoodyReader> readers = new ArrayList<>();

  @FunctionalInterface
  private interface Task {
    void run() throws IOException;
  }

  @AfterEach
  void disconnect() throws IOException {
    threads.shutdownNow();
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
      connect(server.api());

      chat(WARM_UP, new Measured());
      Measured before = new Measured();
      chatWhile(readers(WARM_UP.toOther() + WITH_READERS.toOther()), WITH_READERS, before);

      Measured beside = new Measured();
      chat(WITH_STALLED, beside);
      MemoryUsage stalled = memory.afterCollection();

      Measured after = new Measured();
      int end = WARM_UP.toOther() + WITH_READERS.toOther() + WITH_STALLED.toOther();
      chatWhile(readers(end), WHILE_CATCHING_UP, after);
      MemoryUsage caughtUp = memory.afterCollection();

      System.out.println("slow consumers: with 50 that read:      " + before);
      System.out.println("slow consumers: with 50 that do not:    " + beside);
      System.out.println("slow consumers: while they catch up:    " + after);
      System.out.printf(
          "slow consumers: heap after GC %d MiB while stalled, %d MiB afterwards, of %d MiB;"
              + " %d syncs, %d repeats%n",
          stalled.getUsed() / MIB,
          caughtUp.getUsed() / MIB,
          stalled.getMax() / MIB,
          readers.stream().mapToInt(MoodyReader::syncs).sum(),
          readers.stream().mapToInt(MoodyReader::repeats).sum());

      assertThat(chatters).allSatisfy(chatter -> assertThat(chatter.endOfOther()).isEqualTo(end));
      assertThat(stalled.getMax()).isLessThanOrEqualTo(HEAP);
      assertThat(stalled.getUsed()).isLessThan(BOUND);
      assertThat(caughtUp.getUsed()).isLessThan(BOUND);
      assertThat(server.isAlive()).isTrue();
      assertThat(server.printed()).doesNotContain("OutOfMemoryError");
    }
  }

  private void connect(ServerApi api) throws IOException {
    for (int i = 0; i < PEOPLE; i++) {
      String user = "chatter-" + i;
      String partner = "chatter-" + (i ^ 1);
      String silent = "silent-" + i;
      readers.add(new MoodyReader(api, silent, user));
      chatters.add(new Chatter(api, user, partner, silent));
    }
  }

  private List<Task> readers(long end) {
    return readers.stream().map(reader -> (Task) () -> reader.readUpTo(end)).toList();
  }

  private void chat(Stretch stretch, Measured measured) throws Exception {
    chatWhile(List.of(), stretch, measured);
  }

  /** All at the same time; returns when all have ended. */
  private void chatWhile(List<Task> others, Stretch stretch, Measured measured) throws Exception {
    List<Task> tasks = new ArrayList<>(others);
    chatters.forEach(chatter -> tasks.add(() -> chatter.chat(stretch, measured)));
    List<Future<?>> running = new ArrayList<>();
    for (Task task : tasks) {
      running.add(
          threads.submit(
              () -> {
                task.run();
                return null;
              }));
    }
    for (Future<?> each : running) {
      try {
        each.get(Eventually.LIMIT.toSeconds() * 2, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        throw new AssertionError(e.getCause().getMessage(), e.getCause());
      }
    }
  }
}
