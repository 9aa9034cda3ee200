package io.embedim.testkit.contract;

import static io.embedim.testkit.contract.Drafts.edit;
import static io.embedim.testkit.contract.Drafts.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.ConversationHead;
import io.embedim.spi.model.LogEntry;
import java.time.Instant;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;

/** Times are milliseconds since the epoch, wherever the process is and whenever it moves. */
interface TimeZoneRules extends StoreFixture {

  /** The hour that New York has twice, the one that it does not have, and a leap day. */
  List<Instant> TIMES =
      List.of(
          Instant.parse("2024-02-29T12:00:00.001Z"),
          Instant.parse("2024-03-10T06:59:59.999Z"),
          Instant.parse("2024-03-10T07:30:00.123Z"),
          Instant.parse("2024-11-03T05:30:00.007Z"),
          Instant.parse("2024-11-03T06:30:00.007Z"));

  @Test
  default void times_are_the_same_in_every_time_zone_of_the_process() {
    List<String> zones =
        List.of("UTC", "America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago");
    TimeZone before = TimeZone.getDefault();
    try {
      for (int i = 0; i < TIMES.size(); i++) {
        TimeZone.setDefault(TimeZone.getTimeZone(zones.get(i % zones.size())));
        long time = TIMES.get(i).toEpochMilli();
        append(time, text(ALICE_BOB, "alice", "m" + i));
        append(time, edit(ALICE_BOB, "alice", "e" + i, "m" + i, "edited"));
      }
      for (String zone : zones) {
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        for (int i = 0; i < TIMES.size(); i++) {
          long time = TIMES.get(i).toEpochMilli();
          LogEntry entry = found(ALICE_BOB, "m" + i);
          assertThat(entry.timestamp()).as(zone).isEqualTo(time);
          assertThat(entry.state().editedAt()).as(zone).isEqualTo(time);
        }
        assertThat(conversations().heads(List.of(ALICE_BOB)).values())
            .as(zone)
            .extracting(ConversationHead::updatedAt)
            .containsExactly(TIMES.get(TIMES.size() - 1).toEpochMilli());
      }
    } finally {
      TimeZone.setDefault(before);
    }
  }
}
