package io.embedim.examples.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.examples.server.e2e.LogCheck.Written;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server dies while people write. */
class KillIT {

  private static final int KILLS = 5;

  /** The acknowledgements after which it dies: at once, or when there is something to lose. */
  private static final int MOST_ACKNOWLEDGED = 400;

  private static final Duration LATEST = Duration.ofMillis(30);

  @TempDir Path directory;

  @Test
  void what_was_acknowledged_before_a_kill_is_there_once_and_in_order_after_it()
      throws IOException {
    long seed = Long.getLong("im.seed", System.nanoTime());
    System.out.println("kill test: repeat with -Dim.seed=" + seed);
    Random random = new Random(seed);
    ServerSetup setup = ServerSetup.in(directory);
    ServerProcess server = setup.start();
    ServerApi api = server.api();
    // One as the page writes, with one message under way; the other with as many as it likes.
    try (PersistentWriter alice = new PersistentWriter(api, "alice", "bob", 1);
        PersistentWriter bob = new PersistentWriter(api, "bob", "alice", 32)) {
      for (int kill = 1; kill <= KILLS; kill++) {
        int enough = count(alice, bob) + 2 + random.nextInt(MOST_ACKNOWLEDGED);
        Eventually.until("both write", () -> count(alice, bob) >= enough || !writeBoth(alice, bob));
        assertThat(writeBoth(alice, bob))
            .as(() -> "violations: " + violations(alice, bob))
            .isTrue();
        LockSupport.parkNanos(random.nextLong(LATEST.toNanos()));
        server.kill();
        server = setup.start();
      }
      alice.finish();
      bob.finish();

      List<LogCheck.Entry> log;
      try (HistoryReader reader = new HistoryReader(api, "alice")) {
        log = reader.read("alice:bob");
      }
      try (HistoryReader reader = new HistoryReader(api, "bob")) {
        assertThat(reader.read("alice:bob")).isEqualTo(log);
      }
      List<Written> written = new ArrayList<>(alice.written());
      written.addAll(bob.written());
      Map<String, Long> acknowledged = new HashMap<>(alice.acknowledged());
      acknowledged.putAll(bob.acknowledged());
      System.out.printf("kill test: %d kills, %d messages%n", KILLS, log.size());

      assertThat(violations(alice, bob)).isEmpty();
      assertThat(acknowledged).hasSameSizeAs(written);
      assertThat(LogCheck.violations(log, written, acknowledged)).isEmpty();
      assertThat(log).hasSameSizeAs(written);
      assertThat(idsBySeq(log)).containsAllEntriesOf(alice.heard());
      assertThat(idsBySeq(log)).containsAllEntriesOf(bob.heard());
    } finally {
      server.close();
    }
  }

  private static int count(PersistentWriter alice, PersistentWriter bob) {
    return alice.acknowledgedCount() + bob.acknowledgedCount();
  }

  private static boolean writeBoth(PersistentWriter alice, PersistentWriter bob) {
    return alice.isWriting() && bob.isWriting();
  }

  private static List<String> violations(PersistentWriter alice, PersistentWriter bob) {
    List<String> violations = new ArrayList<>(alice.violations());
    violations.addAll(bob.violations());
    return violations;
  }

  private static Map<Long, String> idsBySeq(List<LogCheck.Entry> log) {
    Map<Long, String> ids = new HashMap<>();
    log.forEach(entry -> ids.put(entry.seq(), entry.id()));
    return ids;
  }
}
