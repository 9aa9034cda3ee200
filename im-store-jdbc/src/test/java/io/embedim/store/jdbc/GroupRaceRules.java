package io.embedim.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.core.Caller;
import io.embedim.core.CreateGroup;
import io.embedim.core.ImEngine;
import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.core.ImSettings;
import io.embedim.core.SendCommand;
import io.embedim.spi.hook.Authenticator;
import io.embedim.spi.model.Content;
import io.embedim.spi.model.ContentType;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.Group;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.store.SeqRange;
import io.embedim.testkit.contract.Race;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two engines on one database without a bus, on which the same group is used and changed. */
@Timeout(900)
abstract class GroupRaceRules {

  /** How often a member is silenced or removed while she speaks. */
  private static final int ROUNDS = Integer.getInteger("im.group.rounds", 60);

  private static final ConversationId TEAM = ConversationId.group("team");
  private static final Caller OWNER = Caller.user("owner");
  private static final Caller BOB = Caller.user("bob");

  /** A database in which there is nothing. */
  abstract CrashDatabase empty() throws Exception;

  @Test
  void a_hundred_who_join_the_last_ten_places_on_two_nodes_are_ten() throws Exception {
    CrashDatabase database = empty();
    try (ImEngine one = engine(database.open(SchemaMode.MIGRATE));
        ImEngine other = engine(database.open(SchemaMode.VALIDATE))) {
      create(one, 20, IntStream.range(0, 9).mapToObj(i -> "first" + i).toList());
      List<Callable<String>> joiners = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        Caller joiner = Caller.user("user" + i);
        ImEngine node = i % 2 == 0 ? one : other;
        joiners.add(() -> outcome(node.groups().join(joiner, "team", "")));
      }

      List<String> outcomes = Race.run(joiners);

      assertThat(outcomes).filteredOn("ok"::equals).hasSize(10);
      assertThat(outcomes)
          .filteredOn(outcome -> !outcome.equals("ok"))
          .containsOnly(ImError.GROUP_FULL.reason());
      assertThat(one.groups().members("owner", "team", 1, 200).members()).hasSize(20);
      assertThat(other.groups().get("owner", "team").memberCount()).isEqualTo(20);
    }
  }

  @Test
  void nothing_that_a_silenced_or_removed_member_says_comes_after_the_event() throws Exception {
    CrashDatabase database = empty();
    JdbcStores stores = database.open(SchemaMode.MIGRATE);
    try (ImEngine one = engine(stores);
        ImEngine other = engine(database.open(SchemaMode.VALIDATE))) {
      create(one, 20, List.of("bob"));
      AtomicBoolean over = new AtomicBoolean();

      List<Integer> counts = Race.run(List.of(() -> change(one, over), () -> speak(other, over)));

      List<LogEntry> log = stores.messages().read(TEAM, SeqRange.after(0, Integer.MAX_VALUE));
      assertThat(violations(log)).isEmpty();
      assertThat(log).filteredOn(GroupRaceRules::isSaid).hasSize(counts.get(1));
      assertThat(log).hasSize(1 + counts.get(0) + counts.get(1));
      assertThat(counts.get(1)).isGreaterThan(ROUNDS);
    }
  }

  /** Silences or removes Bob and takes it back, again and again; returns how many events. */
  private static int change(ImEngine engine, AtomicBoolean over) throws Exception {
    try {
      for (int round = 0; round < ROUNDS; round++) {
        if (round % 2 == 0) {
          engine
              .groups()
              .mute(OWNER, "team", "bob", Duration.ofHours(1))
              .toCompletableFuture()
              .get();
          engine.groups().mute(OWNER, "team", "bob", Duration.ZERO).toCompletableFuture().get();
        } else {
          engine.groups().kick(OWNER, "team", List.of("bob")).toCompletableFuture().get();
          engine.groups().invite(OWNER, "team", List.of("bob")).toCompletableFuture().get();
        }
      }
      return 2 * ROUNDS;
    } finally {
      over.set(true);
    }
  }

  /** Speaks as fast as it goes, ten messages under way; returns how many were acknowledged. */
  private static int speak(ImEngine engine, AtomicBoolean over) throws Exception {
    int acknowledged = 0;
    while (!over.get()) {
      List<CompletionStage<?>> underWay = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        underWay.add(
            engine
                .messages()
                .send(
                    BOB,
                    SendCommand.of(TEAM, new Content(ContentType.TEXT, "{\"text\":\"x\"}", "x"))));
      }
      for (CompletionStage<?> one : underWay) {
        String outcome = outcome(one);
        assertThat(outcome).isIn("ok", "muted", "group_not_found");
        acknowledged += outcome.equals("ok") ? 1 : 0;
      }
    }
    return acknowledged;
  }

  private static List<String> violations(List<LogEntry> log) {
    List<String> violations = new ArrayList<>();
    boolean maySpeak = true;
    for (LogEntry entry : log) {
      String body = entry.draft().content().body();
      switch (entry.draft().type()) {
        case GROUP_MUTE -> maySpeak = body.contains("\"mute_until\":0");
        case GROUP_MEMBER_KICKED -> maySpeak = false;
        case GROUP_MEMBER_JOIN -> maySpeak = true;
        default -> {
          if (isSaid(entry) && !maySpeak) {
            violations.add("entry " + entry.seq() + " is Bob's, who was silenced or removed");
          }
        }
      }
    }
    return violations;
  }

  private static boolean isSaid(LogEntry entry) {
    return entry.draft().type() == EntryType.GROUP_CHAT;
  }

  private static String outcome(CompletionStage<?> stage) throws InterruptedException {
    try {
      stage.toCompletableFuture().get();
      return "ok";
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ImException refused) {
        return refused.error().reason();
      }
      throw new AssertionError(e);
    }
  }

  private static void create(ImEngine engine, int maxMembers, List<String> members)
      throws Exception {
    Group.Info info =
        new Group.Info("Team", null, null, null, maxMembers, Group.JoinMode.FREE, false);
    engine
        .groups()
        .create(OWNER, new CreateGroup("team", info, members))
        .toCompletableFuture()
        .get();
  }

  private static ImEngine engine(JdbcStores stores) {
    return ImEngine.builder()
        .stores(stores)
        .settings(
            ImSettings.builder().messagesPerSecond(1_000_000).messagesBurst(1_000_000).build())
        .authenticator(token -> new Authenticator.Result.Rejected("nobody logs in here"))
        .build();
  }
}
