package io.embedim.store.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.ConversationHead;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.MemberView;
import io.embedim.spi.store.ConversationQuery;
import io.embedim.spi.store.SeqRange;
import io.embedim.store.jdbc.CrashReport.Entry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that writes to H2 in a file is killed (SIGKILL), again and again. */
@Timeout(180)
class CrashTest {

  private static final int KILLS = 4;

  /** As many lines of a report at most before the process is killed; a batch has about ten. */
  private static final int MOST_LINES = 2_000;

  private final long seed = Long.getLong("im.crash.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @TempDir private Path folder;

  @Test
  void what_was_acknowledged_is_there_once_after_each_kill() throws Exception {
    String url = TestDatabase.inFile(folder);
    CrashReport report = CrashReport.empty();
    System.out.printf("Crashes with -Dim.crash.seed=%d%n", seed);
    for (int round = 0; round < KILLS; round++) {
      // The first one dies when its tables are there and nothing else happened.
      int patience = round == 0 ? 0 : 1 + random.nextInt(MOST_LINES);
      report.add(CrashReport.of(killedAfter(patience, url, round)));

      Map<ConversationId, CrashCheck.Stored> stored = stored(url);
      System.out.printf(
          "Kill %d: acknowledged %d entries and %d moves so far; stored %d entries in %d logs%n",
          round + 1,
          report.entries().size(),
          report.moves().size(),
          stored.values().stream().mapToInt(conversation -> conversation.log().size()).sum(),
          stored.size());
      assertThat(CrashCheck.violations(report, stored)).as("seed %d", seed).isEmpty();
      assertThat(CrashCheck.brokenBatches(stored)).as("seed %d", seed).isEmpty();
    }
    assertThat(report.entries()).isNotEmpty();
    assertThat(report.moves()).isNotEmpty();
  }

  /** Runs the process until it has reported so many lines, kills it, and returns all its lines. */
  private List<String> killedAfter(int count, String url, int round) throws Exception {
    Process victim =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                CrashVictim.class.getName(),
                url,
                Integer.toString(round),
                Long.toString(random.nextLong()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(victim.getInputStream(), UTF_8))) {
      assertThat(reader.readLine()).isEqualTo(CrashVictim.READY);
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        lines.add(reader.readLine());
      }
      assertThat(lines).doesNotContainNull();
      assertThat(victim.isAlive()).isTrue();
      // Through the handle: the process itself would close its pipe, with the last lines in it.
      victim.toHandle().destroyForcibly();
      reader.lines().forEach(lines::add);
      return lines;
    } finally {
      victim.destroyForcibly().waitFor();
    }
  }

  private static Map<ConversationId, CrashCheck.Stored> stored(String url) throws IOException {
    Map<ConversationId, CrashCheck.Stored> stored = new HashMap<>();
    try (JdbcStores stores =
        JdbcStores.builder().url(url, "sa", "").schemaMode(SchemaMode.VALIDATE).build()) {
      ConversationQuery all =
          new ConversationQuery(
              "alice", ConversationQuery.Order.OLDEST_FIRST, null, Integer.MAX_VALUE);
      for (MemberView member : stores.conversations().list(all)) {
        ConversationHead head = member.head();
        ConversationId id = head.id();
        List<Entry> log =
            stores.messages().read(id, SeqRange.after(0, Integer.MAX_VALUE)).stream()
                .map(e -> new Entry(id, e.seq(), e.timestamp(), e.draft().messageId()))
                .toList();
        stored.put(
            id,
            new CrashCheck.Stored(
                head.maxSeq(), log, stores.conversations().cursors(id, List.of())));
      }
    }
    return stored;
  }
}
