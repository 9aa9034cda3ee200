package io.embedim.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.core.Caller;
import io.embedim.core.ImEngine;
import io.embedim.core.ImSettings;
import io.embedim.core.SendCommand;
import io.embedim.core.SendResult;
import io.embedim.spi.hook.Authenticator;
import io.embedim.spi.hook.ImListener;
import io.embedim.spi.model.Content;
import io.embedim.spi.model.ContentType;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.MessageOptions;
import io.embedim.store.jdbc.CrashCheck.Stored;
import io.embedim.store.jdbc.CrashReport.Entry;
import io.embedim.testkit.contract.Race;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two engines on one database without a bus, as two nodes behind a load balancer: who sends on one
 * and hears nothing sends again with the same id on the other.
 */
@Timeout(120)
abstract class TwoEnginesRules {

  private static final int USERS = 4;
  private static final int SENDERS_PER_NODE = 6;
  private static final int MESSAGES = 60;
  private static final int SCHEDULED = 300;

  /** A database in which there is nothing. */
  abstract CrashDatabase empty() throws Exception;

  /** What a sender heard of a message, from each node that she asked. */
  private record Sent(String messageId, List<SendResult> answers) {}

  @Test
  void every_message_is_acknowledged_and_once_in_the_log_whichever_node_was_asked()
      throws Exception {
    CrashDatabase database = empty();
    List<Sent> all;
    // A refusal of any kind, `unavailable` among them, ends the sender and with it the test.
    try (ImEngine one = engine(database.open(SchemaMode.MIGRATE));
        ImEngine other = engine(database.open(SchemaMode.VALIDATE))) {
      List<Callable<List<Sent>>> senders = new ArrayList<>();
      for (int s = 0; s < 2 * SENDERS_PER_NODE; s++) {
        int sender = s;
        List<ImEngine> nodes = s % 2 == 0 ? List.of(one, other) : List.of(other, one);
        senders.add(() -> send(sender, nodes));
      }
      all = Race.run(senders).stream().flatMap(List::stream).toList();
    }

    Map<ConversationId, Stored> stored = database.stored(conversations());
    CrashReport report = CrashReport.empty();
    int retries = 0;
    for (Sent sent : all) {
      List<SendResult> answers = sent.answers();
      assertThat(answers).as(sent.messageId()).filteredOn(answer -> !answer.duplicate()).hasSize(1);
      answers.forEach(answer -> report.entries().add(entry(answer)));
      retries += answers.size() - 1;
    }
    assertThat(CrashCheck.violations(report, stored)).isEmpty();
    assertThat(stored.values().stream().mapToInt(log -> log.log().size()).sum())
        .isEqualTo(all.size());
    assertThat(retries).isBetween(all.size() / 4, all.size());
  }

  @Test
  void what_was_scheduled_survives_its_engine_and_is_sent_once_by_two_others() throws Exception {
    CrashDatabase database = empty();
    ConversationId id = ConversationId.direct(userId(0), userId(1));
    CountDownLatch sent = new CountDownLatch(SCHEDULED);
    try (ImEngine first = engine(database.open(SchemaMode.MIGRATE), sent)) {
      for (int n = 0; n < SCHEDULED; n++) {
        long sendAt = System.currentTimeMillis() + 1_000;
        first.schedules().schedule(Caller.user(userId(0)), message(id, "later-" + n), sendAt);
      }
    }
    try (ImEngine one = engine(database.open(SchemaMode.VALIDATE), sent);
        ImEngine other = engine(database.open(SchemaMode.VALIDATE), sent)) {
      assertThat(sent.await(60, TimeUnit.SECONDS)).as("all of them were sent").isTrue();
      assertThat(one.schedules().pending(userId(0))).isEmpty();
      assertThat(other.conversations().get(userId(1), id).unreadCount()).isEqualTo(SCHEDULED);
    }
    assertThat(database.stored(Set.of(id)).get(id).log()).hasSize(SCHEDULED);
  }

  private static List<Sent> send(int sender, List<ImEngine> nodes) throws Exception {
    Random random = new Random(sender);
    String userId = userId(sender % USERS);
    List<Sent> all = new ArrayList<>();
    for (int n = 0; n < MESSAGES; n++) {
      int peer = (sender + 1 + random.nextInt(USERS - 1)) % USERS;
      String messageId = "s" + sender + '.' + n;
      SendCommand command = message(ConversationId.direct(userId, userId(peer)), messageId);
      CompletionStage<SendResult> first =
          nodes.get(0).messages().send(Caller.user(userId), command);
      List<SendResult> answers = new ArrayList<>();
      if (random.nextBoolean()) {
        // Half of the retries run beside the first attempt, the others come when it is over.
        if (random.nextBoolean()) {
          answers.add(first.toCompletableFuture().get());
        }
        answers.add(
            nodes.get(1).messages().send(Caller.user(userId), command).toCompletableFuture().get());
      }
      if (answers.size() < 2) {
        answers.add(first.toCompletableFuture().get());
      }
      all.add(new Sent(messageId, answers));
    }
    return all;
  }

  private static SendCommand message(ConversationId id, String messageId) {
    return new SendCommand(
        id,
        messageId,
        new Content(ContentType.TEXT, "{\"text\":\"hi\"}", "hi"),
        MessageOptions.NONE,
        true);
  }

  private static ImEngine engine(JdbcStores stores) {
    return engine(stores, new CountDownLatch(0));
  }

  private static ImEngine engine(JdbcStores stores, CountDownLatch committed) {
    return ImEngine.builder()
        .stores(stores)
        .listener(
            new ImListener() {
              @Override
              public void onCommitted(LogEntry entry) {
                committed.countDown();
              }
            })
        .settings(
            ImSettings.builder()
                .messagesPerSecond(1_000_000)
                .messagesBurst(1_000_000)
                .messages(rules -> rules.scheduledMessages(SCHEDULED))
                .schedulePoll(Duration.ofMillis(10))
                .build())
        .authenticator(token -> new Authenticator.Result.Rejected("nobody logs in here"))
        .build();
  }

  private static Entry entry(SendResult answer) {
    return new Entry(answer.conversationId(), answer.seq(), answer.timestamp(), answer.messageId());
  }

  private static Set<ConversationId> conversations() {
    Set<ConversationId> ids = new HashSet<>();
    for (int one = 0; one < USERS; one++) {
      for (int other = 0; other < one; other++) {
        ids.add(ConversationId.direct(userId(one), userId(other)));
      }
    }
    return ids;
  }

  private static String userId(int number) {
    return "user" + number;
  }
}
