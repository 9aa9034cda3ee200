package io.embedim.store.jdbc;

import static io.embedim.store.jdbc.TestDrafts.ALICE_BOB;
import static io.embedim.store.jdbc.TestDrafts.NOW;
import static io.embedim.store.jdbc.TestDrafts.revision;
import static io.embedim.store.jdbc.TestDrafts.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.spi.model.Content;
import io.embedim.spi.model.ContentType;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.Revision;
import io.embedim.spi.store.AppendResult.Appended;
import io.embedim.spi.store.SeqRange;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Stores on a database with a replica that lags whenever a test does not let it follow. */
abstract class LaggingReplica {

  static final ConversationId ALICE_CAROL = ConversationId.direct("alice", "carol");

  private final AtomicLong time = new AtomicLong();
  private final String url = TestDatabase.lastingInMemory();
  final SpyDataSource database = new SpyDataSource(TestDatabase.dataSource(url));
  final CopiedDatabase replica = new CopiedDatabase(url);
  JdbcStores stores;

  @BeforeEach
  void open() throws SQLException {
    JdbcStores.create(TestDatabase.dataSource(url)).close();
    replica.follow();
    stores = build();
    append(ALICE_BOB, 1, 10);
    append(ALICE_CAROL, 1, 3);
    replica.follow();
    forget();
  }

  @AfterEach
  void close() {
    stores.close();
  }

  JdbcStores build() {
    return JdbcStores.builder()
        .dataSource(database)
        .readReplica(replica.dataSource())
        .nanoTime(time::get)
        .build();
  }

  void forget() {
    database.forget();
    replica.dataSource().forget();
  }

  long databaseReads() {
    return CopiedDatabase.reads(database);
  }

  void pass(Duration duration) {
    time.addAndGet(duration.toNanos());
  }

  List<LogEntry> read(SeqRange range) {
    return stores.messages().read(ALICE_BOB, range);
  }

  void append(ConversationId id, int from, int to) {
    for (int i = from; i <= to; i++) {
      assertThat(stores.messages().append(List.of(text(id, "alice", "m" + i)), NOW))
          .hasOnlyElementsOfType(Appended.class);
    }
  }

  void revoke(String target) {
    revise(EntryType.REVOKE, new Revision.Revoke(target));
  }

  void edit(String target, String text) {
    revise(
        EntryType.EDIT, new Revision.Edit(target, new Content(ContentType.TEXT, "{}", text), true));
  }

  void revise(EntryType type, Revision revision) {
    assertThat(
            stores
                .messages()
                .append(List.of(revision(ALICE_BOB, type, "alice", "r-" + type, revision)), NOW))
        .hasOnlyElementsOfType(Appended.class);
  }
}
