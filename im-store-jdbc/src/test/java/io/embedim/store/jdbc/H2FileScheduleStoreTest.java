package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.TestDrafts.ALICE_BOB;
import static io.embedim.store.jdbc.TestDrafts.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.store.ImStores;
import io.embedim.spi.store.ScheduleStore.Outcome;
import io.embedim.spi.store.ScheduleStore.Scheduled;
import io.embedim.testkit.contract.ScheduleStoreContract;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2FileScheduleStoreTest extends ScheduleStoreContract {

  @TempDir private Path folder;

  @Override
  protected ImStores open() {
    return TestDatabase.open(TestDatabase.inFile(folder));
  }

  @Test
  void what_was_scheduled_and_what_was_claimed_outlives_the_process() {
    String url = TestDatabase.inFile(folder.resolve("again"));
    Scheduled claimed = message("s1", NOW);
    Scheduled waiting = message("s2", NOW + 5);
    try (JdbcStores before = TestDatabase.open(url)) {
      for (Scheduled each : List.of(claimed, waiting)) {
        assertThat(before.schedules().orElseThrow().schedule(each, 9))
            .isEqualTo(new Outcome.Kept());
      }
      assertThat(before.schedules().orElseThrow().claim(NOW, NOW + 50, 9)).containsExactly(claimed);
    }

    try (JdbcStores after = TestDatabase.open(url)) {
      assertThat(after.schedules().orElseThrow().pending("alice", 9)).containsExactly(waiting);
      assertThat(after.schedules().orElseThrow().claim(NOW + 9, NOW + 60, 9))
          .containsExactly(waiting);
      assertThat(after.schedules().orElseThrow().claim(NOW + 50, NOW + 60, 9))
          .containsExactly(claimed);
    }
  }

  private static Scheduled message(String scheduleId, long sendAt) {
    return new Scheduled(
        scheduleId, TestDrafts.text(ALICE_BOB, "alice", "m-" + scheduleId).draft(), sendAt);
  }
}
