package io.embedim.bench;

import io.embedim.bench.database.Database;
import io.embedim.bench.report.Sample;
import io.embedim.core.Caller;
import io.embedim.core.CreateGroup;
import io.embedim.core.ImEngine;
import io.embedim.core.ImSettings;
import io.embedim.core.SendCommand;
import io.embedim.spi.hook.Authenticator;
import io.embedim.spi.model.Content;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.Group;
import io.embedim.spi.model.Group.JoinMode;
import io.embedim.store.jdbc.JdbcStores;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;

/** Groups of different sizes in one database, and what happens in them, one thing at a time. */
final class GroupScene implements AutoCloseable {

  private static final int UNLIMITED = 1_000_000;
  private static final int MOST_MEMBERS = 100_000;
  private static final Caller OWNER = Caller.user("owner");
  private static final Caller GUEST = Caller.user("guest");

  private final Database database;
  private final ImEngine engine;
  private final Content content;
  private int made;

  /** Makes a group of each size. */
  GroupScene(Database database, List<Integer> sizes) {
    this.database = database;
    engine =
        ImEngine.builder()
            .stores(JdbcStores.builder().dataSource(database.dataSource()).withoutSearch().build())
            .authenticator(token -> new Authenticator.Result.Rejected("nobody logs in here"))
            .settings(
                ImSettings.builder()
                    .messagesPerSecond(UNLIMITED)
                    .messagesBurst(UNLIMITED)
                    .groupMembers(MOST_MEMBERS)
                    .build())
            .build();
    String text = "a sentence as people write them to each other";
    content = Content.text(text);
    sizes.forEach(size -> create("size-" + size, size));
  }

  /** Groups of this size are made; what counts are their members. */
  Sample creating(int size, Duration time) throws Exception {
    return during(time, () -> create("made-" + made++, size));
  }

  /** Somebody joins and leaves a group of this size; each is one change. */
  Sample joining(int size, Duration time) throws Exception {
    String group = "size-" + size;
    return during(
        time,
        () -> {
          done(engine.groups().join(GUEST, group, ""));
          done(engine.groups().leave(GUEST, group));
          return 2;
        });
  }

  /** Somebody says something in a group of this size. */
  Sample sending(int size, Duration time) throws Exception {
    ConversationId id = ConversationId.group("size-" + size);
    return during(
        time,
        () -> {
          done(engine.messages().send(OWNER, SendCommand.of(id, content)));
          return 1;
        });
  }

  private int create(String groupId, int size) {
    List<String> others = IntStream.range(1, size).mapToObj(i -> "member-" + i).toList();
    Group.Info info = new Group.Info("Group", null, null, null, MOST_MEMBERS, JoinMode.FREE, false);
    done(engine.groups().create(OWNER, new CreateGroup(groupId, info, others)));
    return size;
  }

  private Sample during(Duration time, IntSupplier work) throws Exception {
    ProcessUsage before = ProcessUsage.of(database);
    long end = System.nanoTime() + time.toNanos();
    long count = 0;
    do {
      count += work.getAsInt();
    } while (System.nanoTime() < end);
    return ProcessUsage.of(database).since(before).sample(count);
  }

  private static void done(CompletionStage<?> stage) {
    stage.toCompletableFuture().join();
  }

  @Override
  public void close() {
    engine.close();
  }
}
