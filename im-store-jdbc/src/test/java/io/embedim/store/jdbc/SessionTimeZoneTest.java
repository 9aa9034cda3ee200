package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.TestDrafts.ALICE_BOB;
import static io.embedim.store.jdbc.TestDrafts.NOW;
import static io.embedim.store.jdbc.TestDrafts.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.ConversationHead;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.store.SeqRange;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The time zone of the database's sessions means nothing to what is stored. */
class SessionTimeZoneTest {

  @Test
  void h2_gives_the_same_times_to_sessions_of_every_zone() {
    String url = TestDatabase.lastingInMemory();
    CrashDatabase database = new CrashDatabase(url, "sa", "");

    readsAlike(database, ";TIME ZONE=+14:00", ";TIME ZONE=-11:00");
  }

  @Test
  void maria_db_gives_the_same_times_to_sessions_of_every_zone() throws Exception {
    CrashDatabase database = ServerDatabase.MARIADB.fresh("zones");

    readsAlike(
        database, "?sessionVariables=time_zone='+13:00'", "?sessionVariables=time_zone='-11:00'");
  }

  @Test
  void postgres_gives_the_same_times_to_sessions_of_every_zone() throws Exception {
    CrashDatabase database = ServerDatabase.POSTGRESQL.fresh("zones");

    readsAlike(
        database,
        "?options=-c%20TimeZone=Pacific/Kiritimati",
        "?options=-c%20TimeZone=Pacific/Pago_Pago");
  }

  /** Writes in one zone, and reads in the other and without one. */
  private static void readsAlike(CrashDatabase database, String east, String west) {
    try (JdbcStores stores = with(database, east).open(SchemaMode.MIGRATE)) {
      stores.messages().append(List.of(text(ALICE_BOB, "alice", "m1")), NOW);
    }
    try (JdbcStores stores = with(database, west).open(SchemaMode.MIGRATE)) {
      stores.messages().append(List.of(text(ALICE_BOB, "alice", "m2")), NOW + 1);
    }
    for (String zone : List.of(east, west, "")) {
      try (JdbcStores stores = with(database, zone).open(SchemaMode.VALIDATE)) {
        assertThat(stores.messages().read(ALICE_BOB, SeqRange.after(0, 10)))
            .extracting(LogEntry::timestamp)
            .containsExactly(NOW, NOW + 1);
        assertThat(stores.conversations().heads(List.of(ALICE_BOB)).values())
            .extracting(ConversationHead::updatedAt)
            .containsExactly(NOW + 1);
      }
    }
  }

  private static CrashDatabase with(CrashDatabase database, String setting) {
    return new CrashDatabase(database.url() + setting, database.user(), database.password());
  }
}
